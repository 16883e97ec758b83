"""Face data of many people are filed with the authority: the count opens a filing, compliance records it (R-36)."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM, Actor
from realname.access.models import Role
from realname.trail import record
from registration.account_selectors import working_days_after
from registration.errors import FilingRefused
from registration.locks import lock_filings
from registration.models import FaceFiling
from registration.policy import FACE_FILING_AT, FACE_FILING_DAYS
from registration.retention.faces import people_with_face_data


@transaction.atomic
def open_filing() -> FaceFiling | None:
    """Open a filing, with its last day, where the count demands one and there is none yet. Called again it changes nothing."""
    people = people_with_face_data()
    if people < policy.value(FACE_FILING_AT):
        return None
    lock_filings()
    if FaceFiling.objects.exists():
        return None
    today = timezone.localdate()
    filing = FaceFiling.objects.create(people=people, opened_on=today, due_on=working_days_after(today, policy.value(FACE_FILING_DAYS)))
    record("face_filing.due", actor=SYSTEM, subject=filing, data={"people": people, "due_on": filing.due_on.isoformat()})
    return filing


@transaction.atomic
def record_filing(*, actor: Actor, filed_on: date, authority: str, reference: str, assessment: str) -> FaceFiling:
    """Compliance filed: the open filing is filled, or a new one recorded (filed sooner, or anew after a change).

    Raises FilingRefused (not compliance, something missing, a day to come).
    """
    if actor.role != Role.COMPLIANCE:
        raise FilingRefused("filing_not_allowed")
    if not (authority.strip() and reference.strip() and assessment.strip()):
        raise FilingRefused("filing_incomplete")
    today = timezone.localdate()
    if filed_on > today or filed_on < today - timedelta(days=366):
        raise FilingRefused("filing_day")
    lock_filings()
    filing = FaceFiling.objects.filter(filed_on=None).first() or FaceFiling(opened_on=today)
    filing.people, filing.filed_on = people_with_face_data(), filed_on
    filing.authority, filing.reference, filing.assessment = authority.strip(), reference.strip(), assessment.strip()
    filing.recorded_by = actor.name
    filing.save()
    record("face_filing.filed", actor=actor, subject=filing, data={"people": filing.people, "filed_on": filed_on.isoformat()})
    return filing
