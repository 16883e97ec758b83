"""What is photographed and filmed, for whom, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registration.states.application import Party


class CaptureKind(models.TextChoices):
    """What a photograph or recording shows. Which side or page of a document its type says.

    Selfie, movements and statement are of who is there: the representative where there is one, never a child (R-12, R-34).
    """

    DOCUMENT_FRONT = "document_front", _("Document, first photograph")
    DOCUMENT_BACK = "document_back", _("Document, second photograph")
    REPRESENTATIVE_FRONT = "representative_front", _("Document of who acts, first photograph")
    REPRESENTATIVE_BACK = "representative_back", _("Document of who acts, second photograph")
    RELATION = "relation", _("Proof of the right to act")
    SELFIE = "selfie", _("Selfie")
    CHALLENGE = "challenge", _("Movements before the camera")
    STATEMENT = "statement", _("Video statement")
    # what the person showed of their document on a visit to a shop: for the reviewer's eyes, beside their own photographs
    VISIT_FRONT = "visit_front", _("In the shop: document, first photograph")
    VISIT_BACK = "visit_back", _("In the shop: document, second photograph")

    @property
    def party(self) -> Party:
        """Whose document it shows; what shows the right to act belongs to who acts."""
        return Party.REPRESENTATIVE if self in _PRINCIPALS or self == CaptureKind.RELATION else Party.PRINCIPAL

    @property
    def place(self) -> "CaptureKind":
        """The side or page, whoseever document it is: a type of document knows it by this."""
        return _PRINCIPALS.get(self, self)

    def of(self, party: Party) -> "CaptureKind":
        """The same side or page of the document of this party."""
        return _REPRESENTATIVES.get(self, self) if party == Party.REPRESENTATIVE else self


_REPRESENTATIVES = {
    CaptureKind.DOCUMENT_FRONT: CaptureKind.REPRESENTATIVE_FRONT,
    CaptureKind.DOCUMENT_BACK: CaptureKind.REPRESENTATIVE_BACK,
}
_PRINCIPALS = {theirs: place for place, theirs in _REPRESENTATIVES.items()}


class ChallengeKind(models.TextChoices):
    """What the server asks for, anew each time, so that nothing recorded before answers it."""

    MOVEMENTS = "movements", _("Movements")  # judged by the engine, with a face
    DIGITS = "digits", _("Digits to read aloud")  # judged by a person, in the video statement


class ChallengeStep(models.TextChoices):
    """The movements, in the words of the page; left and right are the person's. Named as verification.engines.liveness.steps has them."""

    TURN_LEFT = "turn_left", _("Turn your head to your left")
    TURN_RIGHT = "turn_right", _("Turn your head to your right")
    NOD = "nod", _("Bow your head")
    OPEN_MOUTH = "open_mouth", _("Open your mouth wide")
    BLINK = "blink", _("Close both eyes for a second")


class CaptureStatus(models.TextChoices):
    """What the first look at a capture found, while the person is still there (P-REG-7)."""

    PENDING = "pending", _("Being looked at")
    GOOD = "good", _("Good")
    WARN = "warn", _("Readable, could be better")
    REJECTED = "rejected", _("Please take it again")
