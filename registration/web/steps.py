"""The progress bar of the applicant's way."""

from django.utils.translation import gettext_lazy as _

from realname.ui.steps import Progress, progress
from registration.selectors import WAY
from registration.states import CaptureKind

# which step each part of the way belongs to; the order is the way's
STEP_OF = {
    "phone": "phone",
    "number": "phone",
    CaptureKind.DOCUMENT_FRONT: "document",
    CaptureKind.DOCUMENT_BACK: "document",
    "details": "details",
    # who acts for the person is who is there: "you"
    CaptureKind.REPRESENTATIVE_FRONT: "person",
    CaptureKind.REPRESENTATIVE_BACK: "person",
    CaptureKind.RELATION: "person",
    "representative_details": "person",
    "representative_phone": "person",
    CaptureKind.SELFIE: "person",
    CaptureKind.CHALLENGE: "person",
    CaptureKind.STATEMENT: "person",
}
NAMES = {
    "consent": _("Consent"),
    "phone": _("Phone"),
    "document": _("Document"),
    "details": _("Details"),
    "person": _("You"),
    "review": _("Check and submit"),
}
STEPS = ("consent", *dict.fromkeys(STEP_OF[part] for part in WAY), "review")


def at(step: str) -> Progress:
    """The progress bar at `step`."""
    return progress([NAMES[name] for name in STEPS], number=STEPS.index(step) + 1)
