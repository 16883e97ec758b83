"""What the clerk for organisations fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import SELECT_CLASSES, UnfoldAdminFileFieldWidget, UnfoldAdminTextInputWidget

from registration import documents
from registration.errors import DetailInvalid, DocumentUnknown, OrganisationRefused
from registration.models import Organisation
from registration.services.organisation.facts import LONGEST_ADDRESS, LONGEST_NAME
from registration.services.organisation.papers import needed_papers
from registration.states import OrganisationImageKind
from registration.web.forms import FORM_MESSAGES, UploadField

_QUIET = {"autocomplete": "off", "spellcheck": "false"}
# beside which field a refusal is said
_FIELD_OF = {
    "organisation_known": "code",
    "organisation_name": "name",
    "organisation_address": "address",
    "organisation_own_limit": "line_limit",
    "organisation_same_agent": "agent_name",
    "document_unknown": "agent_document_type",
}


def _text(label: object, longest: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=UnfoldAdminTextInputWidget(_QUIET), **kwargs)


def _agent_document() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Agent's document"), widget=forms.Select({"class": " ".join(SELECT_CLASSES)}))


class OrganisationForm(forms.Form):
    """The organisation as on its licence, and who acts for it."""

    name = _text(_("Organisation, as on its licence"), LONGEST_NAME)
    code = _text(_("Unified social credit code"), 40)
    address = _text(_("Registered address, as on the licence"), LONGEST_ADDRESS)
    legal_representative = _text(_("Legal representative, as on the licence"), 100)
    agent_document_type = _agent_document()
    agent_name = _text(_("Agent's name, as on their document"), 100)
    agent_id_number = _text(_("Number of the agent's document"), 40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent_document_type"].choices = [(one.code, one.label) for one in documents.types()]

    def refuse(self, refusal: OrganisationRefused | DetailInvalid | DocumentUnknown) -> None:
        """Say it beside its field, or above all where it is none's."""
        field = refusal.field if isinstance(refusal, DetailInvalid) else _FIELD_OF.get(refusal.code)
        self.add_error(field if field in self.fields else None, refusal.message)


class CorrectionForm(OrganisationForm):
    """What is to be true instead. What is known of people is not shown: left empty, it stays."""

    code = None
    line_limit = forms.IntegerField(
        label=_("Lines it may hold"),
        help_text=_("Left empty, the number that holds for every organisation. More or fewer are asked for in a letter."),
        required=False,
        widget=UnfoldAdminTextInputWidget({**_QUIET, "inputmode": "numeric"}),
    )
    agent_replaced = forms.BooleanField(
        label=_("Another agent acts for it from now on"),
        help_text=_(
            "The agent until now acts for it no more, at once: until the new one is accepted no new line is opened for it, and lists of "
            "people that are being worked through are cancelled."
        ),
        required=False,
    )
    anew = forms.MultipleChoiceField(
        label=_("Papers to photograph anew, besides those that prove what you change"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("name", "address", "legal_representative", "line_limit", "agent_replaced", "agent_document_type", "agent_name")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        shown = {name: getattr(organisation, name) for name in ("name", "address", "line_limit", "agent_document_type")}
        super().__init__(*args, initial=shown, **kwargs)
        for name in ("legal_representative", "agent_name", "agent_id_number"):
            self.fields[name].required = False
            self.fields[name].help_text = _("Left empty, it stays as it is.")
        self.fields["anew"].choices = [(kind.value, kind.label) for kind in needed_papers(organisation)]

    def changes(self) -> dict[str, Any]:
        """The facts that were filled in."""
        facts = {name: self.cleaned_data[name] for name in ("name", "address", "agent_document_type")}
        people = {name: self.cleaned_data[name] for name in ("legal_representative", "agent_name", "agent_id_number")}
        limit = {"line_limit": self.cleaned_data["line_limit"]}
        return facts | limit | {name: text for name, text in people.items() if text}


class NamingForm(forms.Form):
    """Whose application it is, as the person tells it."""

    reference = _text(_("Reference of the application"), 16)
    last_six = _text(_("Last six characters of the ID number"), 6)


class PaperForm(forms.Form):
    """One photograph."""

    photo = UploadField(widget=UnfoldAdminFileFieldWidget({"accept": "image/*"}))

    def __init__(self, *args: Any, kind: OrganisationImageKind, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{kind}_%s", **kwargs)
        photo = self.fields["photo"]
        photo.label = kind.label
        photo.error_messages["required"] = FORM_MESSAGES["required_photo"] % {"label": kind.label}
