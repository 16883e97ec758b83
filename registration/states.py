"""What can be: an application's, a line's and a number's values and allowed moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import Machine


class ApplicationStatus(models.TextChoices):
    """The life of an application.

    draft → submitted → verifying → (in_review) → approved → activated, or rejected, withdrawn, expired;
    from verifying or in_review also needs_resubmission (named items only) and back.
    """

    DRAFT = "draft", _("Draft")  # the person is still filling it in
    SUBMITTED = "submitted", _("Submitted")  # handed in, its checks are not open yet
    VERIFYING = "verifying", _("Being verified")  # checks are running
    IN_REVIEW = "in_review", _("In review")  # a reviewer judges it
    NEEDS_RESUBMISSION = "needs_resubmission", _("Needs resubmission")  # named items are asked for again
    APPROVED = "approved", _("Approved")  # verified; its line is being activated
    ACTIVATED = "activated", _("Activated")  # the line is in use
    REJECTED = "rejected", _("Rejected")  # refused, with reasons and a human route
    WITHDRAWN = "withdrawn", _("Withdrawn")  # the person took it back
    EXPIRED = "expired", _("Expired")  # left unfinished for too long

    @classmethod
    def open(cls) -> tuple["ApplicationStatus", ...]:
        """Those still on their way: of one number only one application may be in them."""
        return (cls.DRAFT, cls.SUBMITTED, cls.VERIFYING, cls.IN_REVIEW, cls.NEEDS_RESUBMISSION, cls.APPROVED)

    @classmethod
    def editable(cls) -> tuple["ApplicationStatus", ...]:
        """Those in which the person may still change what they entered."""
        return (cls.DRAFT, cls.NEEDS_RESUBMISSION)


_S = ApplicationStatus
APPLICATION_MOVES = Machine(
    {
        _S.DRAFT: {_S.SUBMITTED, _S.WITHDRAWN, _S.EXPIRED},
        _S.SUBMITTED: {_S.VERIFYING, _S.WITHDRAWN},
        _S.VERIFYING: {_S.IN_REVIEW, _S.NEEDS_RESUBMISSION, _S.APPROVED, _S.REJECTED, _S.WITHDRAWN},
        _S.IN_REVIEW: {_S.NEEDS_RESUBMISSION, _S.APPROVED, _S.REJECTED, _S.WITHDRAWN},
        _S.NEEDS_RESUBMISSION: {_S.SUBMITTED, _S.WITHDRAWN, _S.EXPIRED},
        _S.APPROVED: {_S.ACTIVATED},
        _S.ACTIVATED: set(),
        # the person may demand that a human looks at an automatic refusal
        _S.REJECTED: {_S.IN_REVIEW},
        _S.WITHDRAWN: set(),
        _S.EXPIRED: set(),
    }
)


class LineStatus(models.TextChoices):
    """The life of a line, a person's subscription to a number: active ⇄ restricted ⇄ suspended → terminated.

    What the number does before and after is the number's own life (`NumberStatus`).
    """

    ACTIVE = "active", _("Active")
    RESTRICTED = "restricted", _("Restricted")  # some services are limited
    SUSPENDED = "suspended", _("Suspended")  # no service but the floor that law keeps
    TERMINATED = "terminated", _("Terminated")  # over; its end starts the clock of R-06

    @classmethod
    def held(cls) -> tuple["LineStatus", ...]:
        """Those that count against a person's limit (R-13), and of which a number has one at most."""
        return (cls.ACTIVE, cls.RESTRICTED, cls.SUSPENDED)


_L = LineStatus
LINE_MOVES = Machine(
    {
        _L.ACTIVE: {_L.RESTRICTED, _L.SUSPENDED, _L.TERMINATED},
        _L.RESTRICTED: {_L.ACTIVE, _L.SUSPENDED, _L.TERMINATED},
        _L.SUSPENDED: {_L.ACTIVE, _L.RESTRICTED, _L.TERMINATED},
        _L.TERMINATED: set(),
    }
)


class EndReason(models.TextChoices):
    """Why a line was terminated."""

    HOLDER = "holder", _("Its holder wants to give it up")
    UNPAID = "unpaid", _("It was not paid for")
    MISUSE = "misuse", _("It was misused")
    WRONG_HOLDER = "wrong_holder", _("It is registered under somebody else's name")


class HoldScope(models.TextChoices):
    """How much a legal hold keeps."""

    PERSON = "person", _("All of the person")
    APPLICATION = "application", _("This application only")
    LINE = "line", _("The line of this application only")


class NumberStatus(models.TextChoices):
    """The life of a number in the inventory; with a line's it is one round.

        available → reserved → in use ───────────────────────────────────→ quarantine → available
                               └ its line: active ⇄ restricted ⇄ suspended → terminated ┘

    A reservation that nobody makes use of goes back to available. A number that somebody brought with their own SIM comes from
    elsewhere, and after its quarantine goes back there unless the operator has stocked it meanwhile.
    """

    AVAILABLE = "available", _("Available")  # in stock, anybody may choose it
    RESERVED = "reserved", _("Reserved")  # chosen in an application: for minutes, or until a submitted one ends
    IN_USE = "in_use", _("In use")  # it has a line that is held
    QUARANTINE = "quarantine", _("In quarantine")  # waits before it is given to somebody else
    ELSEWHERE = "elsewhere", _("Not in stock")  # known from a holder who brought it, and nothing to give out


_N = NumberStatus
NUMBER_MOVES = Machine(
    {
        # from stock into use without a reservation: a card sold unregistered, proven by its holder
        _N.AVAILABLE: {_N.RESERVED, _N.IN_USE},
        _N.RESERVED: {_N.AVAILABLE, _N.IN_USE},
        _N.IN_USE: {_N.QUARANTINE},
        _N.QUARANTINE: {_N.AVAILABLE, _N.ELSEWHERE},
        _N.ELSEWHERE: {_N.AVAILABLE, _N.IN_USE},
    }
)


class NumberWay(models.TextChoices):
    """Which number an application is for."""

    OWN = "own", _("The number I proved")
    NEW = "new", _("A new number")  # chosen from the stock; the proven one is the contact


class Pattern(models.TextChoices):
    """What is pretty about the last four digits; the first that fits, in this order (registration/patterns.py)."""

    EIGHTS = "eights", _("Ends in 8888")
    ALIKE = "alike", _("Four alike (AAAA)")
    RUN = "run", _("Four in a row (ABCD)")
    PAIRS = "pairs", _("Two pairs (AABB)")
    TWICE = "twice", _("A pair twice (ABAB)")
    THREE = "three", _("Three alike (AAA)")
    PLAIN = "plain", _("No pattern")


class ApplyChannel(models.TextChoices):
    """Where an application is made."""

    WEB = "web", _("Online")
    SHOP = "shop", _("In a shop")  # with a clerk of a dealer, on an enrolled device
    BULK = "bulk", _("Invited by an organisation")  # by a row of its list; the person does everything else


class DealerStatus(models.TextChoices):
    """A dealer's standing: active ⇄ suspended."""

    ACTIVE = "active", _("Allowed to act")
    SUSPENDED = "suspended", _("Stopped until reviewed")  # none of its clerks may act until somebody has looked


DEALER_MOVES = Machine({DealerStatus.ACTIVE: {DealerStatus.SUSPENDED}, DealerStatus.SUSPENDED: {DealerStatus.ACTIVE}})


class DealerReason(models.TextChoices):
    """Why a dealer is suspended or reinstated (R-08)."""

    QUALITY = "quality", _("Too many of its registrations are wrong")
    CONTRACT = "contract", _("It broke its contract")
    INVESTIGATION = "investigation", _("Its registrations are being looked into")
    CLEARED = "cleared", _("The review found nothing against it")
    MENDED = "mended", _("It has mended what was wrong")

    @classmethod
    def against(cls) -> tuple["DealerReason", ...]:
        """Those for a suspension; the others are for its end."""
        return (cls.QUALITY, cls.CONTRACT, cls.INVESTIGATION)


class VerificationPath(models.TextChoices):
    """How the person proves that the document is theirs. Both ways are equal in time and rights (R-33)."""

    FACE = "face", _("With my face")
    FACE_FREE = "face_free", _("Without face recognition")


class StatementWay(models.TextChoices):
    """On the face-free path: who looks at what."""

    VIDEO = "video", _("A short video that a person at the operator watches")
    SHOP = "shop", _("A visit to a shop with my document")


class Representation(models.TextChoices):
    """Who acts where the person does not come themselves (R-03, R-12); empty: they do."""

    GUARDIAN = "guardian", _("A guardian, for a minor")
    AGENT = "agent", _("An agent, for an adult")


class Party(models.TextChoices):
    """Whose a document is: each is photographed, entered and checked by itself."""

    PRINCIPAL = "principal", _("Person registered")  # the line is theirs
    REPRESENTATIVE = "representative", _("Representative")  # before the camera, and gets nothing


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


class ConsentPurpose(models.TextChoices):
    """What a person agrees to, each by itself (R-26, R-30, R-38)."""

    TERMS = "terms", _("Terms of service")
    IDENTITY = "identity", _("Processing of identity data")
    FACE = "face", _("Processing of face data")
    REPRESENTED = "represented", _("Processing of the data of the person you act for")  # a guardian consents for the child


class CodePurpose(models.TextChoices):
    """What a one-time code opens: one made for one thing opens no other."""

    REGISTRATION = "registration", _("Registration")
    SIGN_IN = "sign_in", _("Sign-in")


class SignInWay(models.TextChoices):
    """By what a person was let into their account."""

    CODE = "code", _("Code to the phone")
    CODE_AND_IDENTITY = "code_identity", _("Code to the phone, and ID number")
    CODE_AND_APP = "code_app", _("Code to the phone, and authenticator application")
    CODE_AND_PASSKEY = "code_passkey", _("Code to the phone, and passkey")
    CODE_AND_RECOVERY = "code_recovery", _("Code to the phone, and recovery code")
    PASSKEY = "passkey", _("Passkey")


class SignInEnd(models.TextChoices):
    """Why a browser is no longer signed in."""

    SIGNED_OUT = "signed_out", _("Signed out")
    ELSEWHERE = "elsewhere", _("Signed out from another device")
    DISOWNED = "disowned", _("Signed out because somebody else was in the account")
    IDLE = "idle", _("Left unused for too long")


class RightsKind(models.TextChoices):
    """What a person may ask for (PIPL art. 24 and 44 to 48)."""

    ACCESS = "access", _("See or copy my data")
    CORRECTION = "correction", _("Correct my data")
    DELETION = "deletion", _("Delete my data")
    RESTRICTION = "restriction", _("Freeze my data")
    EXPLANATION = "explanation", _("Explain a decision")
    OBJECTION = "objection", _("Object to a use of my data")


class RightsStatus(models.TextChoices):
    """The life of such a request: received → granted, refused (with the reason), or withdrawn."""

    RECEIVED = "received", _("Received")  # with compliance, by its deadline
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")  # with the reason, always
    WITHDRAWN = "withdrawn", _("Withdrawn")  # the person took it back


_R = RightsStatus
RIGHTS_MOVES = Machine(
    {
        _R.RECEIVED: {_R.GRANTED, _R.REFUSED, _R.WITHDRAWN},
        _R.GRANTED: set(),
        _R.REFUSED: set(),
        _R.WITHDRAWN: set(),
    }
)


class Channel(models.TextChoices):
    """How a message reaches a telephone."""

    SMS = "sms", _("Text message")
    VOICE = "voice", _("Voice call")


class DeliveryStatus(models.TextChoices):
    """The life of one message on one channel: pending → submitting → accepted → delivered, or failed, or unconfirmed."""

    PENDING = "pending", _("Waiting to be sent")
    SUBMITTING = "submitting", _("Being handed to the gateway")  # one process has it; a death here is found by the claim's age
    ACCEPTED = "accepted", _("Taken by the gateway")
    DELIVERED = "delivered", _("Arrived")  # the network says so
    FAILED = "failed", _("Failed")  # it did not arrive, and why is known or the network says so
    UNCONFIRMED = "unconfirmed", _("Not known whether it was sent")  # never sent again by itself

    @classmethod
    def ended(cls) -> tuple["DeliveryStatus", ...]:
        """Those in which we do nothing more."""
        return (cls.DELIVERED, cls.FAILED, cls.UNCONFIRMED)


_D = DeliveryStatus
DELIVERY_MOVES = Machine(
    {
        _D.PENDING: {_D.SUBMITTING, _D.FAILED, _D.UNCONFIRMED},
        _D.SUBMITTING: {_D.PENDING, _D.ACCEPTED, _D.FAILED, _D.UNCONFIRMED},
        _D.ACCEPTED: {_D.DELIVERED, _D.FAILED},
        # what a late receipt says of it goes before what we thought
        _D.UNCONFIRMED: {_D.DELIVERED, _D.FAILED},
        _D.FAILED: {_D.DELIVERED},
        _D.DELIVERED: set(),
    },
    states=DeliveryStatus,
)


class FailureCause(models.TextChoices):
    """Why a message did not arrive (P-PAR-2). What was said in whatever words by a gateway ends as one of these."""

    NUMBER_INACTIVE = "NUMBER_INACTIVE", _("Number not in service")
    NUMBER_INVALID = "NUMBER_INVALID", _("Number refused by the network")
    PHONE_UNREACHABLE = "PHONE_UNREACHABLE", _("Phone switched off or out of reach")
    PHONE_FULL = "PHONE_FULL", _("Phone's memory full")
    PHONE_BLOCKS = "PHONE_BLOCKS", _("Blocked by the person or the phone")
    NUMBER_BLACKLISTED = "NUMBER_BLACKLISTED", _("Number on a list that gets no such messages")
    CONTENT_REFUSED = "CONTENT_REFUSED", _("Text refused by the network")
    NO_ANSWER = "NO_ANSWER", _("Call not answered")
    GATEWAY_BUSY = "GATEWAY_BUSY", _("Gateway busy")
    GATEWAY_DOWN = "GATEWAY_DOWN", _("Gateway not reachable")
    UNKNOWN = "UNKNOWN", _("Cause not named by the network")

    @property
    def ours(self) -> bool:
        """Neither the person nor their phone has a part in it (P-VER-6)."""
        return self in {self.CONTENT_REFUSED, self.GATEWAY_BUSY, self.GATEWAY_DOWN, self.UNKNOWN}

    @property
    def call_may_help(self) -> bool:
        """Might a voice call reach the phone all the same?"""
        return self not in {self.NUMBER_INACTIVE, self.NUMBER_INVALID, self.PHONE_UNREACHABLE}


class BulkStatus(models.TextChoices):
    """The life of a list of many people: uploaded → confirmed → working → done; cancelled from each but the last."""

    UPLOADED = "uploaded", _("To be confirmed")  # shown to who uploaded it; nothing follows from it yet
    CONFIRMED = "confirmed", _("Waiting for a worker")  # its rows are not taken over yet
    WORKING = "working", _("Being worked through")
    DONE = "done", _("Worked through")
    CANCELLED = "cancelled", _("Cancelled")  # by staff, or since nobody confirmed it

    @classmethod
    def counted(cls) -> tuple["BulkStatus", ...]:
        """Those after which the same file is not taken again."""
        return (cls.CONFIRMED, cls.WORKING, cls.DONE)


_B = BulkStatus
BULK_MOVES = Machine(
    {
        _B.UPLOADED: {_B.CONFIRMED, _B.CANCELLED},
        _B.CONFIRMED: {_B.WORKING, _B.CANCELLED},
        _B.WORKING: {_B.DONE, _B.CANCELLED},
        _B.DONE: set(),
        _B.CANCELLED: set(),
    },
    states=BulkStatus,
)


class OrganisationStatus(models.TextChoices):
    """An organisation's standing as a contracting party: pending → approved ⇄ suspended, or rejected; at last ended."""

    PENDING = "pending", _("Waiting for review")  # entered by a clerk; no line of it is activated
    APPROVED = "approved", _("Approved")  # a reviewer has compared licence, letter and agent
    REJECTED = "rejected", _("Rejected")  # over; entered again it is a new record
    SUSPENDED = "suspended", _("Suspended")  # its lines stay, no new one is activated
    ENDED = "ended", _("Ended")  # its papers and its agent's data were erased with their time

    @classmethod
    def over(cls) -> tuple["OrganisationStatus", ...]:
        """Those that nothing brings back: the same organisation may be entered anew."""
        return (cls.REJECTED, cls.ENDED)


_O = OrganisationStatus
ORGANISATION_MOVES = Machine(
    {
        _O.PENDING: {_O.APPROVED, _O.REJECTED, _O.ENDED},
        _O.APPROVED: {_O.SUSPENDED, _O.ENDED},
        _O.REJECTED: {_O.ENDED},
        _O.SUSPENDED: {_O.APPROVED, _O.ENDED},
        _O.ENDED: set(),
    },
    states=OrganisationStatus,
)


class OrganisationImageKind(models.TextChoices):
    """What is photographed of an organisation and of who acts for it (R-03, R-04)."""

    LICENCE = "licence", _("Licence of the organisation")
    LETTER = "letter", _("Letter of authorisation")
    AGENT_FRONT = "agent_front", _("Agent's document, first photograph")
    AGENT_BACK = "agent_back", _("Agent's document, second photograph")


class OrganisationReason(models.TextChoices):
    """Why an organisation is rejected, suspended or reinstated."""

    LICENCE_UNCLEAR = "licence_unclear", _("The licence can not be read, or shows something else")
    RECORD_DIFFERS = "record_differs", _("Name or code differ from the licence")
    NOT_AUTHORISED = "not_authorised", _("The letter does not authorise this agent")
    AGENT_UNPROVEN = "agent_unproven", _("The agent's document does not fit what was entered")
    MISUSE = "misuse", _("Its lines were misused")
    ENDED = "ended", _("The organisation has ended, or its licence was withdrawn")
    CLEARED = "cleared", _("What stood against it is cleared up")
