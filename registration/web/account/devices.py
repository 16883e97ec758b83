"""My devices: where the account is open, and was; and what to do when one of them was not me."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from registration.models import SignIn
from registration.services.account.end_sign_in import disown_sign_in, end_sign_in
from registration.states import SignInEnd
from registration.web.account.session import account_page

SHOWN = 20


@require_safe
@account_page
def devices(request: HttpRequest) -> HttpResponse:
    """Open ones first, then the newest that are over."""
    mine = SignIn.objects.filter(person=request.sign_in.person)
    context = {
        "open": mine.live(),
        "over": mine.exclude(pk__in=mine.live().values("pk"))[:SHOWN],
        "here": request.sign_in.pk,
    }
    return render(request, "registration/web/account/devices.html", context)


@require_POST
@account_page
def device_sign_out(request: HttpRequest, sign_in_id: UUID) -> HttpResponse:
    """Sign one device out."""
    try:
        end_sign_in(actor=request.person, sign_in_id=sign_in_id, end=SignInEnd.ELSEWHERE)
    except SignIn.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("That device is signed out."))
    return redirect("account:devices")


@require_POST
@account_page
def device_disown(request: HttpRequest, sign_in_id: UUID) -> HttpResponse:
    """ "This was not me": everybody is signed out, and the page says what to do now."""
    try:
        person = disown_sign_in(actor=request.person, sign_in_id=sign_in_id)
    except SignIn.DoesNotExist:
        raise Http404 from None
    request.session.flush()
    return render(request, "registration/web/account/disowned.html", {"until": person.guarded_until})
