"""What a reviewer gives with a judgement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from registration.models import Application
from registration.selectors import DETAILS_OF, label_of, needed_captures
from registration.states import Party
from verification.reasons import OVERRIDE_CODES, REASONS, REJECTION_CODES

# What a reviewer may give as the reason to ask again: what the person can mend.
ASK_AGAIN_CODES = ("PHOTO_UNUSABLE", "DOCUMENT_UNREADABLE", "SELFIE_UNUSABLE", "DETAILS_TO_CHECK")
REASON_MISSING = _("Please choose a reason.")
ITEMS_MISSING = _("Please choose at least one item.")
DETAILS = {Party.PRINCIPAL: _("The details entered"), Party.REPRESENTATIVE: _("The details entered of who acts")}


class JudgementForm(forms.Form):
    """A note for staff; the person never sees it."""

    note = forms.CharField(
        label=_("Note for staff"),
        required=False,
        max_length=500,
        help_text=_("Kept with the decision. Write nothing personal: no names, no numbers."),
        widget=UnfoldAdminTextareaWidget({"rows": 3}),
    )


class ReasonForm(JudgementForm):
    """With a structured reason (R-05)."""

    codes: tuple[str, ...] = ()
    told = True  # whether the person reads the reason, too
    reason = forms.ChoiceField(label=_("Reason"), error_messages={"required": REASON_MISSING, "invalid_choice": REASON_MISSING})
    field_order = ("items", "reason", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(code, REASONS[code].staff) for code in self.codes]

    def reasons(self) -> list[dict[str, Any]]:
        """The reasons with what the person will read, for the page."""
        chosen = self.data.get("reason", "")
        found = [(code, REASONS[code]) for code in self.codes]
        return [
            {"code": code, "staff": reason.staff, "person": reason.person if self.told else "", "chosen": code == chosen}
            for code, reason in found
        ]


class ApproveForm(ReasonForm):
    """Why the checks that failed are set aside; nothing to say where none did. The person only reads that they are verified."""

    codes = OVERRIDE_CODES
    told = False

    def __init__(self, *args: Any, overridden: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not overridden:
            del self.fields["reason"]


class RejectForm(ReasonForm):
    """Why it is refused."""

    codes = REJECTION_CODES


class AskAgainForm(ReasonForm):
    """Which items, and why (P-REG-7)."""

    codes = ASK_AGAIN_CODES
    items = forms.MultipleChoiceField(
        label=_("Items to ask for again"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": ITEMS_MISSING, "invalid_choice": ITEMS_MISSING},
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        captures = [(str(kind), label_of(application, kind)) for kind in needed_captures(application)]
        self.fields["items"].choices = captures + [(DETAILS_OF[party], DETAILS[party]) for party in application.parties]
