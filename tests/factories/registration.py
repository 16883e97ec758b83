"""Applications in every state of the way, with made-up people: numbers count up, so nothing clashes."""

import itertools
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from realname.access.actor import SYSTEM, Actor
from registration import documents
from registration.models import Application, Capture, Challenge, Line, Number, PhoneCode
from registration.selectors import images_of
from registration.services.answer_challenge import answer_with_burst
from registration.services.choose_document import choose_document
from registration.services.correct_details import correct_details
from registration.services.issue_challenge import issue_challenge
from registration.services.parties.prove_own_phone import prove_own_phone
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from registration.services.reserve_number import reserve_number
from registration.services.start_application import start_application
from registration.services.stock_numbers import stock_numbers
from registration.services.store_capture import store_capture
from registration.services.submit_application import submit_application
from registration.states import ApplicationStatus, CaptureKind, CaptureStatus, ChallengeKind, ConsentPurpose, Party, VerificationPath
from tests.factories import documents as made
from tests.factories.documents import new_id_number as new_id_number

EVENTS = {CaptureKind.SELFIE: "selfie.captured", CaptureKind.CHALLENGE: "challenge.captured"}
_serial = itertools.count(1)


def new_phone(*, segment: str = "138") -> str:
    """A mobile number nobody else in this run has; 170 is a virtual operator's segment."""
    return f"{segment}{next(_serial):0{11 - len(segment)}d}"


def person_actor(application: Application | None = None, *, device: str = "", ip: str = "") -> Actor:
    """The applicant at their browser."""
    return Actor(kind="person", id=str(application.person_id) if application else "", name="", device=device, ip=ip)


def started(
    *,
    path: VerificationPath = VerificationPath.FACE,
    device: str = "",
    ip: str = "",
    document_type: str = documents.DEFAULT,
    representation: str = "",
) -> Application:
    """A draft with its consents and its type of document, nothing else."""
    application = start_application(
        actor=person_actor(device=device, ip=ip),
        path=path,
        purposes=set(ConsentPurpose),
        language="zh-hans",
        statement_way="shop",
        representation=representation,
    )
    return choose_document(actor=person_actor(application, device=device, ip=ip), application_id=application.pk, code=document_type)


def drafted(*, phone: str = "", id_number: str = "", name: str = "", **kwargs) -> Application:
    """A draft with a proven phone and its details entered."""
    application = started(**kwargs)
    actor = person_actor(application, device=kwargs.get("device", ""))
    code = request_phone_code(actor=actor, application_id=application.pk, phone=phone or new_phone())
    application = prove_phone(actor=actor, application_id=application.pk, entered=digits_of(code.pk))
    return with_details(application, id_number=id_number, name=name, device=kwargs.get("device", ""))


def with_details(application: Application, *, id_number: str = "", name: str = "", device: str = "") -> Application:
    """A draft, now with its details entered."""
    entered = made.details(application.document_type, id_number=id_number, **({"name": name} if name else {}))
    return correct_details(actor=person_actor(application, device=device), application_id=application.pk, details=entered)


def complete(**kwargs) -> Application:
    """A draft that lacks nothing."""
    return with_captures(drafted(**kwargs))


def with_captures(application: Application) -> Application:
    """A draft, now with every photograph it needs, each looked at and good."""
    actor = person_actor(application)
    kinds = [image.kind for party in application.parties for image in images_of(application, party)]
    kinds += [] if application.face_free else [CaptureKind.SELFIE, CaptureKind.CHALLENGE]
    for kind in kinds:
        with transaction.atomic():
            capture = store_capture(
                actor=actor,
                application_id=application.pk,
                kind=kind,
                content=f"{kind} of {application.pk}".encode(),
                media_type="image/jpeg",
                event=EVENTS.get(kind, "document.captured"),
            )
            capture.status = CaptureStatus.GOOD
            capture.save(update_fields=["status"])
    return application


def submitted(**kwargs) -> Application:
    """A complete application, handed in."""
    application = complete(**kwargs)
    actor = person_actor(application)
    return submit_application(actor=actor, application_id=application.pk, submission_key=str(application.pk))


def represented(representation: str = "guardian", *, birth: date | None = None, **kwargs) -> Application:
    """A draft that somebody acts in, lacking nothing of the person registered: a child of 10 years, or an adult; `kwargs` as drafted's."""
    application = started(**{key: kwargs[key] for key in ("path", "document_type") if key in kwargs}, representation=representation)
    actor = person_actor(application)
    code = request_phone_code(actor=actor, application_id=application.pk, phone=new_phone())
    application = prove_phone(actor=actor, application_id=application.pk, entered=digits_of(code.pk))
    years = 10 if representation == "guardian" else 40
    birth = birth or date(timezone.localdate().year - years, 1, 1)
    return with_details(application, id_number=new_id_number(birth=birth))


def with_representative(application: Application, *, id_number: str = "", birth: date = date(1985, 6, 1)) -> Application:
    """The same, and who acts has entered their details and photographed all that is asked for."""
    return with_captures(with_representatives_details(application, id_number=id_number, birth=birth))


def with_representatives_details(application: Application, *, id_number: str = "", birth: date = date(1985, 6, 1)) -> Application:
    """The same, and who acts has entered their details and proven their phone."""
    entered = made.details("resident_id_card", id_number=id_number or new_id_number(birth=birth))
    correct_details(actor=person_actor(application), application_id=application.pk, details=entered, party=Party.REPRESENTATIVE)
    return with_own_phone(Application.objects.get(pk=application.pk))


def with_own_phone(application: Application, *, phone: str = "") -> Application:
    """The same, and who acts has proven a phone of their own."""
    actor = person_actor(application)
    code = request_phone_code(actor=actor, application_id=application.pk, phone=phone or new_phone(), party=Party.REPRESENTATIVE)
    return prove_own_phone(actor=actor, application_id=application.pk, entered=digits_of(code.pk))


def handed_in_for_another(representation: str = "guardian", **kwargs) -> Application:
    """An application of two people, handed in."""
    application = with_representative(represented(representation, **kwargs))
    return submit_application(actor=person_actor(application), application_id=application.pk, submission_key=str(application.pk))


def verifying(**kwargs) -> Application:
    """A submitted application whose checks would be running (none are opened)."""
    application = submitted(**kwargs)
    application.move(to=ApplicationStatus.VERIFYING)
    application.save(update_fields=["status"])
    return application


def rejected(*, reason: str = "FACE_MISMATCH", **kwargs) -> Application:
    """An application that was refused."""
    from verification.services.outcomes import reject

    application = verifying(**kwargs)
    with transaction.atomic():
        reject(actor=SYSTEM, application=application, reasons=[reason])
    return application


def activated(**kwargs) -> Application:
    """An approved application: its person is verified and has a line."""
    from verification.services.outcomes import approve

    application = verifying(**kwargs)
    with transaction.atomic():
        refusal = approve(actor=SYSTEM, application=application, reason="APPROVED")
    assert not refusal, refusal
    return application


def asked(
    application: Application,
    steps: tuple[str, ...] = ("turn_left", "open_mouth"),
    *,
    schedule: tuple[int, ...] = (1500, 4500, 7500),
    seconds_ago: float = 20,
    session: str = "",
) -> Challenge:
    """Movements that were asked for a while ago: known ones, so that a film of them can be at hand."""
    now = timezone.now() - timedelta(seconds=seconds_ago)
    challenge = issue_challenge(
        actor=person_actor(application), application_id=application.pk, kind=ChallengeKind.MOVEMENTS, session=session
    )
    challenge.steps, challenge.schedule, challenge.issued_at = list(steps), list(schedule), now
    challenge.save(update_fields=["steps", "schedule", "issued_at"])
    return challenge


def answered(application: Application, frames: list[tuple[int, bytes]], **kwargs) -> Capture:
    """The movements that were asked for, filmed."""
    challenge = asked(application, **kwargs)
    return answer_with_burst(
        actor=person_actor(application), application_id=application.pk, challenge_id=challenge.pk, session="", frames=frames
    )


def guess_codes(application: Application, *, times: int) -> None:
    """So many wrong codes were entered for the application's number."""
    code = PhoneCode.objects.filter(application=application).latest("created_at")
    code.attempts = times
    code.save(update_fields=["attempts"])


def in_stock(*numbers: str, count: int = 1) -> list[Number]:
    """These numbers, or as many new ones, in the operator's stock."""
    numbers = numbers or tuple(new_phone(segment="1920000") for _ in range(count))
    stock_numbers(actor=SYSTEM, numbers=numbers)
    return list(Number.objects.filter(number__in=numbers).order_by("number"))


def choosing(application: Application, number: str) -> Application:
    """The application, now for this number of the stock."""
    reserve_number(actor=person_actor(application), application_id=application.pk, number=number)
    return Application.objects.get(pk=application.pk)


def line_on(number: str, **kwargs) -> Line:
    """A line in use on a number of the stock, its holder reached by another one."""
    from verification.services.outcomes import approve

    in_stock(number)
    application = choosing(complete(**kwargs), number)
    submit_application(actor=person_actor(application), application_id=application.pk, submission_key="")
    Application.objects.filter(pk=application.pk).update(status=ApplicationStatus.VERIFYING)
    with transaction.atomic():
        refusal = approve(actor=SYSTEM, application=Application.objects.get(pk=application.pk), reason="APPROVED")
    assert not refusal, refusal
    return Line.objects.get(application=application)
