"""Compliance answers a request about personal data: what was asked, by when, what the law keeps, and the answer (R-31)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from unfold.widgets import SELECT_CLASSES, TEXTAREA_CLASSES

from realname import masking
from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from realname.vault.erase import is_erased
from registration.access import may_answer_rights
from registration.account_selectors import keeping_of
from registration.errors import RegistrationError
from registration.models import RightsRequest
from registration.rights import REASONS
from registration.selectors import name_of
from registration.services.account.answer_right import answer_right, note_reading
from registration.states import RightsStatus

TONES = {RightsStatus.RECEIVED: "info", RightsStatus.GRANTED: "good", RightsStatus.REFUSED: "bad"}


class AnswerForm(forms.Form):
    """Granted or refused, the reason, and the words the person reads."""

    granted = forms.ChoiceField(
        label=_("Answer"),
        choices=[("", "—"), ("yes", _("Granted: it was done")), ("no", _("Refused"))],
        widget=forms.Select({"class": " ".join(SELECT_CLASSES)}),
    )
    reason = forms.ChoiceField(
        label=_("Reason of a refusal"),
        choices=[("", "—"), *REASONS.items()],
        required=False,
        widget=forms.Select({"class": " ".join(SELECT_CLASSES)}),
    )
    answer = forms.CharField(
        label=_("What the person reads"), max_length=2000, widget=forms.Textarea({"rows": 5, "class": " ".join(TEXTAREA_CLASSES)})
    )


@desk_page(may_answer_rights)
def rights_case(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show the request, which is written down, and take the answer."""
    asked = visible(RightsRequest.objects.select_related("person", "application").filter(pk=request_id).first())
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            given = form.cleaned_data
            answer_right(
                actor=actor_from_request(request),
                staff=request.user,
                request_id=asked.pk,
                granted=given["granted"] == "yes",
                reason=given["reason"],
                answer=given["answer"],
            )
            messages.success(request, _("The request is answered."))
            return redirect("admin:registration_rightsrequest_changelist")
        except RegistrationError as refusal:
            form.add_error("answer", refusal.message)
    return TemplateResponse(
        request, "registration/desk/rights_case.html", _context(request, asked, form), status=422 if form.errors else 200
    )


def _context(request: HttpRequest, asked: RightsRequest, form: AnswerForm) -> dict[str, Any]:
    erased = is_erased(asked.person_id)
    if not erased:
        note_reading(actor=actor_from_request(request), request=asked)
    keeping = keeping_of(asked.person)
    return {
        **admin.site.each_context(request),
        "title": _("Request %(reference)s") % {"reference": asked.reference},
        "asked": asked,
        "tone": TONES.get(RightsStatus(asked.status), "neutral"),
        "name": masking.mask_name(name_of(asked.person)),
        "words": "" if erased else asked.words,
        "answer": "" if erased else asked.answer,
        "reason": REASONS.get(asked.reason, ""),
        "keeping": keeping,
        "kept_because": REASONS[keeping.reason] if keeping else "",
        "form": form,
        "open": asked.status == RightsStatus.RECEIVED,
    }
