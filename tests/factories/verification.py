"""Checks that have ended, and applications before a reviewer."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from realname.access.models import Role, Staff
from registration.models import Application
from registration.states import ApplicationStatus
from tests.factories import registration as make
from tests.factories.access import staff, staff_actor
from verification.models import Check, Inquiry, Review
from verification.pipeline import checks_for
from verification.services.note_view import note_view
from verification.services.open_review import open_review
from verification.services.take_for_review import take_for_review
from verification.states import CheckStatus


def ended_checks(application: Application, **bad: tuple[str, str]) -> dict[str, Check]:
    """A row for every check of the current round: passed, but for those given as kind=(status, reason)."""
    now = timezone.now()
    rows = []
    for runner in checks_for(application):
        status, reason = bad.get(str(runner.kind), (CheckStatus.PASSED, ""))
        rows.append(
            Check(
                person_id=application.person_id,
                application=application,
                round=application.round,
                kind=runner.kind,
                status=status,
                reason=reason,
                deadline_at=now + timedelta(minutes=30),
                ended_at=now,
            )
        )
    return {check.kind: check for check in Check.objects.bulk_create(rows)}


def all_checked(*, bad: dict[str, tuple[str, str]] | None = None, **kwargs) -> Application:
    """An application whose checks have ended, to be decided."""
    application = make.verifying(**kwargs)
    ended_checks(application, **(bad or {}))
    return application


def in_review(*, level: str = "medium", reasons: tuple[str, ...] = ("FIELDS_DIFFER",), **kwargs) -> Application:
    """An application before the reviewers."""
    application = make.verifying(**kwargs)
    with transaction.atomic():
        application.move(to=ApplicationStatus.IN_REVIEW)
        application.reason_codes = list(reasons)
        application.save(update_fields=["status", "reason_codes"])
        open_review(application=application, level=level, reasons=list(reasons))
    return application


def taken(application: Application, reviewer: Staff | None = None) -> Staff:
    """The reviewer who holds the application now."""
    reviewer = reviewer or staff(Role.SENIOR_REVIEWER)
    take_for_review(actor=staff_actor(reviewer), application_id=application.pk, reviewer=reviewer)
    return reviewer


def look_at_all(application: Application, reviewer: Staff) -> Staff:
    """The reviewer who holds the application is shown its data and every capture."""
    review = Review.objects.open().select_related("application").get(application=application)
    seen = {"fields": ""} | {capture.kind: str(capture.pk) for capture in application.captures.current()}
    for what, thing in seen.items():
        note_view(actor=staff_actor(reviewer), review=review, purpose="judge_application", what=what, thing=thing)
    return reviewer


def taken_and_seen(application: Application, reviewer: Staff | None = None) -> Staff:
    """The reviewer who holds the application now, and has looked at everything in it."""
    return look_at_all(application, taken(application, reviewer))


def inquiry_of(application: Application, **facts) -> Inquiry:
    """A question to the population registry that was answered: it matches."""
    asked = {"fact": "identity", "source": "registry", "request_key": "k", "cents": 25, "outcome": "MATCH", "answered_at": timezone.now()}
    indexes = {"question_index": "a" * 64, "subject_index": "b" * 64}
    return Inquiry.objects.create(person_id=application.person_id, application=application, **asked | indexes | facts)
