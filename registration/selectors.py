"""Questions of this stage."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from realname import policy
from realname.vault.erase import is_erased
from registration.documents.base import Image
from registration.documents.relation import relation_image
from registration.models import Application, Capture, Challenge, Delivery, Line, Person, PhoneCode
from registration.numbers import has_its_number
from registration.policy import ACTIVE_LIVENESS, CAPTURE_TRIES, CODE_ATTEMPTS, CODE_ATTEMPTS_ALL, CODE_LOCK, RECEIPT_WAIT
from registration.states import (
    CaptureKind,
    CaptureStatus,
    Channel,
    CodePurpose,
    DeliveryStatus,
    FailureCause,
    NumberWay,
    Party,
    Representation,
    StatementWay,
)

# the parts of an application in the order of the way: details come before the face, since what was read from the card is
# corrected while it is at hand
WAY = ("phone", "number", CaptureKind.DOCUMENT_FRONT, CaptureKind.DOCUMENT_BACK, "details",
       CaptureKind.REPRESENTATIVE_FRONT, CaptureKind.REPRESENTATIVE_BACK, CaptureKind.RELATION, "representative_details",
       "representative_phone",
       CaptureKind.SELFIE, CaptureKind.CHALLENGE, CaptureKind.STATEMENT)  # fmt: skip
# the part of the way that holds what a party entered
DETAILS_OF = {Party.PRINCIPAL: "details", Party.REPRESENTATIVE: "representative_details"}
# what the codes to a party's phone are for
PURPOSE_OF = {Party.PRINCIPAL: CodePurpose.REGISTRATION, Party.REPRESENTATIVE: CodePurpose.REPRESENTATIVE}
# a film is compared with so many at most: a fifth of a second
COURSES_COMPARED = 1000
# how long after the code a person may say that the number's older application is theirs
RESUME_LIFE = timedelta(minutes=30)


def newest_code(application_id: UUID, party: str = Party.PRINCIPAL) -> PhoneCode | None:
    """The code an application asked for last, for this party's phone."""
    return PhoneCode.objects.filter(application_id=application_id, purpose=PURPOSE_OF[Party(party)]).order_by("-created_at").first()


def code_of_resume(application_id: UUID) -> PhoneCode | None:
    """The code by which this application proved, a while ago, a number that it could not keep: another open one has it."""
    code = newest_code(application_id)
    if code is None or not code.used_at or code.used_at < timezone.now() - RESUME_LIFE:
        return None
    others = Application.objects.open().exclude(pk=application_id)
    return code if others.filter(phone_index=code.phone_index).exists() else None


def same_place(*, application_id: UUID | None, device: str, network: str) -> Q:
    """Codes asked for in this application, on this device or from this network (`network_of`)."""
    # without an application and a device only the network is a place
    place = Q(application_id=application_id) if application_id else Q(pk__in=[])
    if device:
        place |= Q(device=device)
    return place | Q(network=network) if network else place


def numbers_asked(*, application_id: UUID | None, device: str, since: datetime) -> set[str]:
    """The blind indexes of the numbers that codes were sent to from this application or on this device."""
    asked = same_place(application_id=application_id, device=device, network="")
    codes = PhoneCode.objects.filter(asked, created_at__gt=since, phone_index__isnull=False)
    return set(codes.values_list("phone_index", flat=True).distinct())


def codes_locked(phone_index: str, place: Q) -> bool:
    """Were too many wrong codes entered for this number lately, from this place or from all places together?

    Each place is bounded by itself, so that a stranger's guesses don't lock out the holder; the bound over all keeps guessing hopeless.
    """
    since = timezone.now() - timedelta(seconds=policy.value(CODE_LOCK))
    codes = PhoneCode.objects.filter(phone_index=phone_index, created_at__gt=since)
    return _guesses(codes.filter(place)) >= policy.value(CODE_ATTEMPTS) or _guesses(codes) >= policy.value(CODE_ATTEMPTS_ALL)


def _guesses(codes: QuerySet[PhoneCode]) -> int:
    return codes.aggregate(total=Sum("attempts"))["total"] or 0


def deliveries_of(code: PhoneCode) -> dict[Channel, Delivery]:
    """How the code went out, by channel: the newest of each."""
    newest: dict[Channel, Delivery] = {}
    for delivery in Delivery.objects.filter(about=code.pk):
        known = newest.get(Channel(delivery.channel))
        if known is None or delivery.created_at > known.created_at:
            newest[Channel(delivery.channel)] = delivery
    return newest


def overdue(delivery: Delivery) -> bool:
    """Has nobody heard of its arrival for longer than people should wait?"""
    waited = timezone.now() - delivery.created_at > timedelta(seconds=policy.value(RECEIPT_WAIT))
    return waited and delivery.status not in DeliveryStatus.ended()


def call_offered(code: PhoneCode) -> bool:
    """May the person be called with this code: is its message overdue, or failed in a way that a call may get round?

    Also where the network says that it arrived, after the same wait: the person may know better.
    """
    sent = deliveries_of(code)
    message = sent.get(Channel.SMS)
    if not code.live or message is None or Channel.VOICE in sent or not settings.VOICE_GATEWAYS:
        return False
    if message.status in (DeliveryStatus.FAILED, DeliveryStatus.UNCONFIRMED):
        return FailureCause(message.cause).call_may_help
    return timezone.now() - message.created_at > timedelta(seconds=policy.value(RECEIPT_WAIT))


def needed_captures(application: Application) -> tuple[CaptureKind, ...]:
    """What this application must show, by its type of document (R-02) and its way of verification (R-33)."""
    documents = tuple(image.kind for party in application.parties for image in images_of(application, party))
    if not application.face_free:
        active = policy.value(ACTIVE_LIVENESS) == "always"
        return (*documents, CaptureKind.SELFIE, CaptureKind.CHALLENGE) if active else (*documents, CaptureKind.SELFIE)
    return (*documents, CaptureKind.STATEMENT) if application.statement_way == StatementWay.VIDEO else documents


def images_of(application: Application, party: str) -> tuple[Image, ...]:
    """The photographs of this party's document, in their order; who acts shows their right to as well."""
    images = application.party(party).document.images
    if party == Party.PRINCIPAL:
        return images
    theirs = (replace(image, kind=image.kind.of(party)) for image in images)
    return (*theirs, relation_image(application.representation))


def label_of(application: Application, kind: str) -> Promise:
    """What a capture of this application shows, in words: a side or page of a party's type of document, or the kind itself."""
    party = CaptureKind(kind).party
    if party in application.parties:
        for image in images_of(application, party):
            if image.kind == kind:
                return image.label if not application.representation else _of_whom(application, image)
    return CaptureKind(kind).label


def _of_whom(application: Application, image: Image) -> Promise:
    """Where there are two people, whose it is: both may have the same type of document."""
    if image.kind == CaptureKind.RELATION:
        return image.label
    return format_lazy(_("{image} ({party})"), image=image.label, party=image.kind.party.label)


def current_captures(application: Application) -> dict[str, Capture]:
    """The current captures by kind."""
    return {capture.kind: capture for capture in application.captures.current()}


def frames_sent_before(challenge_id: UUID, digests: Sequence[str]) -> bool:
    """Did one of these frames come in the answer to another challenge, whosever?"""
    return Challenge.objects.filter(material__overlap=list(digests)).exclude(pk=challenge_id).exists()


def courses_like(challenge_id: UUID, paces: Sequence[str]) -> list[bytes]:
    """The courses of other films, whosever, in which two movements came as far apart as in this one: the newest ones."""
    others = Challenge.objects.filter(paces__overlap=list(paces)).exclude(pk=challenge_id)
    return [bytes(course) for course in others.order_by("-issued_at").values_list("course", flat=True)[:COURSES_COMPARED]]


def portrait_shows_no_eyes(application: Application) -> bool:
    """Did the first look at the card find no open eyes in its portrait? Then movements may not be possible (R-34)."""
    front = current_captures(application).get(CaptureKind.DOCUMENT_FRONT.of(application.present))
    return bool(front and front.reading and front.reading.get("portrait_eyes") == "not_seen")


def usable(capture: Capture) -> bool:
    """May this capture be submitted? A rejected one may after several tries: then a reviewer looks, and nobody is stuck (P-REG-7)."""
    if capture.status != CaptureStatus.REJECTED:
        return True
    if capture.cleaned_at is None:
        return False  # no picture at all: nobody could look at it
    rejected = Capture.objects.filter(
        application_id=capture.application_id, kind=capture.kind, status=CaptureStatus.REJECTED, cleaned_at__isnull=False
    )
    # each round of asking begins anew
    if decided_at := capture.application.decided_at:
        rejected = rejected.filter(created_at__gt=decided_at)
    return rejected.count() >= policy.value(CAPTURE_TRIES)


def missing_parts(application: Application) -> list[str]:
    """What must be done before submission, in the order of the way: "phone", "number", capture kinds, DETAILS_OF each party."""
    needed, captures = needed_captures(application), current_captures(application)
    missing = {kind for kind in needed if not _capture_will_do(application, captures.get(kind))}
    if not application.phone_proven_at:
        missing.add("phone")
    elif not has_its_number(application):
        missing.add("number")
    missing |= {DETAILS_OF[party] for party in application.parties if not _details_will_do(application, party)}
    if application.representation and not _own_phone_will_do(application):
        missing.add("representative_phone")
    return [str(part) for part in WAY if part in missing]


def may_share_phone(application: Application) -> bool:
    """May the number that was proven first be that of who acts, too?

    A guardian has the child's in hand, and a mere contact is of whoever is there; but an agent's phone is not the other's line.
    """
    return application.representation == Representation.GUARDIAN or application.number_way == NumberWay.NEW


def needs_witness(application: Application) -> bool:
    """Does the visit to a shop lack the clerk's statement that a reviewer decides by? One about other details is none."""
    if not application.by_shop:
        return False
    entered = application.details_entered_at
    return entered is None or not application.witnesses.filter(created_at__gte=entered).exists()


def assisted_today(clerk_id: UUID) -> QuerySet[Application]:
    """The applications a clerk helped with today, newest first."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Application.objects.filter(clerk_id=clerk_id, assisted_at__gte=midnight).order_by("-assisted_at")


def _capture_will_do(application: Application, capture: Capture | None) -> bool:
    if capture is None or not usable(capture):
        return False
    asked_again = capture.kind in application.items_to_resubmit
    return not asked_again or bool(application.decided_at and capture.created_at > application.decided_at)


def _details_will_do(application: Application, party: Party) -> bool:
    entered_at = application.party(party).details_entered_at
    if entered_at is None or DETAILS_OF[party] not in application.items_to_resubmit:
        return entered_at is not None
    return bool(application.decided_at and entered_at > application.decided_at)


def _own_phone_will_do(application: Application) -> bool:
    """Did who acts prove a phone, and one that may be theirs? Which number is registered may have changed since."""
    representative = application.representative
    shared = representative.phone_index == application.phone_index
    return bool(representative.phone_proven_at) and (not shared or may_share_phone(application))


def lines_held_by_identity(id_number_index: str) -> int:
    """How many lines the holder of this identity number has, known by its blind index."""
    return Line.objects.held().filter(person__id_number_index=id_number_index).count()


def name_of(person: Person) -> str:
    """What they are called: as verified, before that as they entered last, for themselves or as who acts. Empty where nothing is left."""
    if is_erased(person.pk):
        return ""
    entered = (person.applications.order_by("-created_at"), person.representations.order_by("-created_at"))
    said = (rows.filter(name__isnull=False).first() for rows in entered)
    return person.name or next((row.name for row in said if row), "")
