"""Step 1: the person agrees, each purpose by itself, and chooses how to be verified."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from realname.access.actor import actor_from_request
from realname.ui.forms import Form
from registration.errors import MESSAGES, ApplicationClosed, ApplicationIncomplete, BulkRefused
from registration.models import Application
from registration.notices import FACE, IDENTITY, REPRESENTED, TERMS
from registration.policy import STARTS_PER_HOUR_IP
from registration.services.bulk.accept_invitation import accept_invitation
from registration.services.give_consent import choose_path
from registration.services.start_application import start_application
from registration.states import ConsentPurpose, Representation, StatementWay, VerificationPath
from registration.web import steps
from registration.web.device import knows_device
from registration.web.invited import INVITATION_KEY
from registration.web.session import current_application, next_page, remember
from registration.web.throttle import TooManyRequests, count_request


class ConsentForm(Form):
    """Nothing is ticked or chosen beforehand (R-38); the way without face stands beside the other (R-33)."""

    acting_as = forms.ChoiceField(
        label=_("Whom do you register?"),
        choices=[
            ("", _("Myself")),
            (Representation.GUARDIAN, _("My child, or a minor I am the guardian of")),
            (Representation.AGENT, _("An adult who can not come, and has authorised me")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    represented = forms.BooleanField(
        label=_("I agree, separately, that the data of the person I act for is processed as described. I may decide this for them."),
        required=False,
    )
    terms = forms.BooleanField(label=_("I agree to the terms of service."), required=False)
    identity = forms.BooleanField(label=_("I agree that my identity data is processed as described."), required=False)
    path = forms.ChoiceField(
        label=_("How should we verify that it is you?"), choices=VerificationPath.choices, widget=forms.RadioSelect, required=True
    )
    face = forms.BooleanField(
        label=_("I agree, separately, that my face data is processed as described."),
        help_text=_("Only needed for verification with your face."),
        required=False,
    )
    statement_way = forms.ChoiceField(
        label=_("Without face recognition: which way do you prefer?"),
        choices=StatementWay.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # needed on one of the two ways, so not marked as optional
        self.fields["statement_way"].needed_on_a_way = True
        self.fields["represented"].needed_on_a_way = True
        self.fields["acting_as"].needed_on_a_way = True

    def clean(self) -> dict:
        """Say beside the field which agreement is missing."""
        cleaned = super().clean()
        for name in ("terms", "identity"):
            if not cleaned.get(name):
                self.add_error(name, MESSAGES["consent_missing"])
        if cleaned.get("acting_as") and not cleaned.get("represented"):
            self.add_error("represented", MESSAGES["represented_consent_missing"])
        if cleaned.get("path") == VerificationPath.FACE and not cleaned.get("face"):
            self.add_error("face", MESSAGES["face_consent_missing"])
        if cleaned.get("path") == VerificationPath.FACE_FREE and not cleaned.get("statement_way"):
            self.add_error("statement_way", _("Choose how somebody at the operator should verify you."))
        return cleaned

    def purposes(self) -> set[ConsentPurpose]:
        """What was agreed to."""
        return {purpose for purpose in ConsentPurpose if self.cleaned_data.get(purpose)}


@require_http_methods(["GET", "HEAD", "POST"])
@knows_device
def consent(request: HttpRequest) -> HttpResponse:
    """Show the notices; begin the application, or change the way of one that is unfinished; one handed in shows its status."""
    standing = current_application(request)
    if standing is not None and standing.handed_in:
        # an old tab must not begin another beside it: applying again is for when it is over
        return redirect("registration:status")
    form = ConsentForm(request.POST or None, initial={"acting_as": _acting_as(request, standing)})
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    try:
        count_request(request, STARTS_PER_HOUR_IP)
        application = _agree(request, form, standing)
    except (ApplicationIncomplete, ApplicationClosed, BulkRefused, TooManyRequests) as refusal:
        form.add_error(None, refusal.message)
        return _page(request, form)
    remember(request, application)
    return redirect(next_page(application))


def _agree(request: HttpRequest, form: ConsentForm, standing: Application | None) -> Application:
    choice = {
        "path": VerificationPath(form.cleaned_data["path"]),
        "purposes": form.purposes(),
        "language": get_language(),
        "statement_way": form.cleaned_data["statement_way"],
        "representation": form.cleaned_data["acting_as"],
    }
    if standing is not None and standing.editable:
        return choose_path(actor=actor_from_request(request), application_id=standing.pk, **choice)
    if row_id := request.session.pop(INVITATION_KEY, None):
        return accept_invitation(actor=actor_from_request(request), row_id=UUID(row_id), **choice)
    return start_application(actor=actor_from_request(request), **choice)


def _acting_as(request: HttpRequest, standing: Application | None) -> str:
    """Chosen by the link that led here, or before; else the person registers themselves."""
    linked = request.GET.get("for", "")
    if linked in Representation.values:
        return linked
    return standing.representation if standing is not None and standing.editable else ""


def _page(request: HttpRequest, form: ConsentForm) -> HttpResponse:
    context = {
        "form": form,
        "progress": steps.at("consent"),
        "ended": "ended" in request.GET,
        "terms": TERMS,
        "identity": IDENTITY,
        "face": FACE,
        "represented": REPRESENTED,
    }
    return render(request, "registration/web/consent.html", context, status=422 if form.is_bound else 200)
