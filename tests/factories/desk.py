"""Cases for the desk: an application in review with photographs, checks and a review, and staff who are signed in."""

import io
from datetime import timedelta

from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from PIL import Image

from realname.access.actor import SYSTEM
from realname.access.models import Role, Staff
from realname.trail import record
from registration.models import Application
from registration.services.capture_document import capture_document
from registration.services.capture_selfie import capture_selfie
from registration.services.submit_application import submit_application
from registration.states import ApplicationStatus, CaptureStatus
from risk.states import RiskLevel
from tests.factories import access, registration
from verification.models import Check, Review
from verification.services.open_review import open_review
from verification.states import CheckKind, CheckStatus


def photograph(colour: tuple[int, int, int] = (120, 140, 160), size: tuple[int, int] = (1000, 640)) -> bytes:
    """A plain JPEG."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, format="JPEG")
    return out.getvalue()


def in_review(*, level: str = RiskLevel.MEDIUM, reasons: tuple[str, ...] = ("FIELDS_DIFFER",), bad: bool = True, **kwargs) -> Review:
    """A case: the name read from the card differs from the one entered, the registry has no record.

    Without `bad` no check failed: the case is here for its level alone.
    """
    application = registration.drafted(**kwargs)
    actor = registration.person_actor(application)
    capture_document(actor=actor, application_id=application.pk, side="front", content=photograph())
    capture_document(actor=actor, application_id=application.pk, side="back", content=photograph((160, 140, 120)))
    capture_selfie(actor=actor, application_id=application.pk, content=photograph((90, 90, 90), (640, 800)))
    registration.answered(application, [(time, photograph((time, 90, 90), (320, 240))) for time in range(0, 250, 25)])
    application.captures.update(status=CaptureStatus.GOOD)
    application = submit_application(actor=actor, application_id=application.pk, submission_key=str(application.pk))
    return put_in_review(application, level=level, reasons=reasons, bad=bad)


def put_in_review(
    application: Application, *, level: str = RiskLevel.MEDIUM, reasons: tuple[str, ...] = ("FIELDS_DIFFER",), bad: bool = True
) -> Review:
    """Let a submitted application end before a reviewer, with its checks."""
    application.status = ApplicationStatus.IN_REVIEW
    application.save(update_fields=["status"])
    _checks(application, bad=bad)
    with transaction.atomic():
        record("verification.opened", actor=SYSTEM, subject=application, person_id=application.person_id)
        return open_review(application=application, level=level, reasons=list(reasons))


def _checks(application: Application, *, bad: bool) -> None:
    read = {
        field: {"text": text, "confidence": 0.97, "review": False}
        for field, text in {"name": "张三峰", "sex": application.sex, "id_number": application.id_number, "birth": "1990-03-07"}.items()
    }
    _check(application, CheckKind.PHONE_POSSESSION)
    _check(application, CheckKind.OCR_FRONT, engine="rapidocr", score=0.97, threshold=0.9, detail={"side": "front", "fields": read})
    _check(application, CheckKind.FACE_MATCH, engine="sface", engine_version="2021dec", score=0.512, threshold=0.42)
    if not bad:
        _check(application, CheckKind.FIELD_CONSISTENCY)
        _check(application, CheckKind.AUTHORITY_IDENTITY, findings=["MATCH"], engine="population registry", engine_version="v1")
        return
    _check(
        application,
        CheckKind.FIELD_CONSISTENCY,
        status=CheckStatus.FAILED,
        reason="FIELDS_DIFFER",
        findings=["name_differs"],
        detail={"read": {"name": "张三峰"}, "differ": ["name"], "doubtful": []},
    )
    _check(
        application, CheckKind.AUTHORITY_IDENTITY, status=CheckStatus.FAILED, reason="AUTHORITY_NO_RECORD", findings=["NO_RECORD"],
        engine="population registry", engine_version="v1",
    )  # fmt: skip


def _check(application: Application, kind: CheckKind, *, status: CheckStatus = CheckStatus.PASSED, **facts) -> Check:
    now = timezone.now()
    return Check.objects.create(
        person_id=application.person_id,
        application=application,
        round=application.round,
        kind=kind,
        status=status,
        deadline_at=now + timedelta(hours=1),
        started_at=now,
        ended_at=now,
        milliseconds=12,
        **facts,
    )


def with_device(user: Staff) -> Staff:
    """Their second factor is set up."""
    TOTPDevice.objects.get_or_create(user=user, confirmed=True, defaults={"name": "test"})
    return user


def signed_in(user: Staff | Role | str) -> Client:
    """A browser in which this staff member, or a new one of this role, has signed in with both factors."""
    user = with_device(user if isinstance(user, Staff) else access.staff(user))
    client = Client(REMOTE_ADDR="203.0.113.9")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["otp_device_id"] = TOTPDevice.objects.get(user=user, confirmed=True).persistent_id
    session.save()
    client.user = user
    return client


def look_at_all(client: Client, review: Review) -> None:
    """The holder of the claim opens the case for a purpose, and its page loads every photograph, as a browser would."""
    case = f"/admin/verification/review/{review.pk}/case/"
    client.post(f"{case}open/", {"purpose": "judge_application"})
    page = client.get(case)
    for photo in (photo for party in page.context["parties"] for photo in party["photos"]):
        assert client.get(f"{case}captures/{photo['id']}/").status_code == 200
