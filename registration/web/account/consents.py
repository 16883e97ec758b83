"""My consents: each purpose and version, and taking one back with one press (R-26)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from realname.ui.telling import telling
from registration.models import Consent
from registration.notices import NOTICES, WITHDRAWAL_MEANS
from registration.services.withdraw_consent import withdraw_consent
from registration.web.account.session import account_page


@require_safe
@account_page
def consents(request: HttpRequest) -> HttpResponse:
    """Newest first; each with the notice as it reads now, and whether that is still the version agreed to."""
    rows = [
        {
            "consent": consent,
            "same_text": NOTICES[consent.purpose].version == consent.version,
            "means": WITHDRAWAL_MEANS[consent.purpose],
        }
        for consent in request.sign_in.person.consents.select_related("application").order_by("-given_at", "purpose")
    ]
    return render(request, "registration/web/account/consents.html", {"rows": rows})


@require_POST
@account_page
def consent_withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Take it back."""
    try:
        with telling(request):
            withdraw_consent(actor=request.person, consent_id=consent_id)
            messages.success(request, _("Your consent is withdrawn."))
    except Consent.DoesNotExist:
        raise Http404 from None
    return redirect("account:consents")
