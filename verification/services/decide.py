"""When all checks have ended: risk grades, the table judges, and the application goes where it must."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from risk.services.assess import assess

from realname import policy
from realname.access.actor import SYSTEM, Actor
from realname.trail import record
from registration.errors import LineLimitReached, NumberRegistered
from registration.locks import lock_application
from registration.models import Application
from registration.policy import RESUBMISSION_LIFE
from registration.services.activate_line import activate_line
from registration.states import ApplicationStatus
from verification.decision_table import Verdict, judge
from verification.models import Check, Decision
from verification.policy import ROUNDS
from verification.services.open_review import open_review
from verification.states import Outcome


@transaction.atomic
def decide(*, application_id: UUID) -> Decision | None:
    """Decide the current round once. Does nothing before all its checks have ended, or after it was decided."""
    application = lock_application(application_id)
    checks = list(Check.objects.filter(application=application, round=application.round))
    if application.status != ApplicationStatus.VERIFYING or not all(check.has_ended for check in checks):
        return None
    grade = assess(application=application, checks={check.kind: (check.status, check.reason) for check in checks})
    verdict = judge(checks, risk_level=grade.level, rounds_left=policy.value(ROUNDS) - application.round)
    verdict = _carry_out(application, verdict, level=grade.level)
    decision = Decision.objects.create(
        person_id=application.person_id,
        application=application,
        round=application.round,
        outcome=verdict.outcome,
        reasons=verdict.reasons,
        items=verdict.items,
        risk_level=grade.level,
        policy_version=policy.version(),
        automatic=True,
        decided_by=SYSTEM.name,
    )
    record(
        "application.decided",
        actor=SYSTEM,
        subject=application,
        person_id=application.person_id,
        related=decision,
        reason=verdict.reasons[0],
        data={
            "outcome": verdict.outcome,
            "reasons": verdict.reasons,
            "items": verdict.items,
            "risk": grade.level,
            "policy": decision.policy_version,
            "round": application.round,
            "path": application.path,
        },
    )
    return decision


def _carry_out(application: Application, verdict: Verdict, *, level: str) -> Verdict:
    """Move the application as the verdict says. An approval that meets a limit at the last moment becomes a refusal."""
    if verdict.outcome == Outcome.APPROVE:
        refusal = approve(actor=SYSTEM, application=application, reason="APPROVED")
        if not refusal:
            return verdict
        verdict = Verdict(Outcome.REJECT, [refusal], [])
    if verdict.outcome == Outcome.REJECT:
        reject(actor=SYSTEM, application=application, reasons=verdict.reasons)
    elif verdict.outcome == Outcome.RESUBMIT:
        ask_again(actor=SYSTEM, application=application, reasons=verdict.reasons, items=verdict.items)
    else:
        _note(application, ApplicationStatus.IN_REVIEW, verdict.reasons)
        open_review(application=application, level=level, reasons=verdict.reasons)
    return verdict


def approve(*, actor: Actor, application: Application, reason: str) -> str:
    """Approve and activate in one: both or neither. Answers the refusal's reason where a limit stands against it (R-13)."""
    try:
        with transaction.atomic():
            _note(application, ApplicationStatus.APPROVED, [reason])
            record("application.approved", actor=actor, subject=application, person_id=application.person_id, reason=reason)
            activate_line(actor=actor, application_id=application.pk)
    except (LineLimitReached, NumberRegistered) as error:
        application.refresh_from_db()
        return "LINE_LIMIT" if isinstance(error, LineLimitReached) else "ALREADY_REGISTERED"
    application.refresh_from_db()
    return ""


def reject(*, actor: Actor, application: Application, reasons: list[str]) -> None:
    """Refuse, with reasons; the person may ask for a human decision (R-29)."""
    _note(application, ApplicationStatus.REJECTED, reasons)
    record(
        "application.rejected",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        reason=reasons[0],
        data={"reasons": reasons},
    )


def ask_again(*, actor: Actor, application: Application, reasons: list[str], items: list[str]) -> None:
    """Ask for the named items only (P-REG-7)."""
    application.items_to_resubmit = items
    application.expires_at = timezone.now() + timedelta(days=policy.value(RESUBMISSION_LIFE))
    application.save(update_fields=["items_to_resubmit", "expires_at"])
    _note(application, ApplicationStatus.NEEDS_RESUBMISSION, reasons)
    record(
        "application.asked_again",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        reason=reasons[0],
        data={"reasons": reasons, "items": items},
    )


def _note(application: Application, status: ApplicationStatus, reasons: list[str]) -> None:
    application.move(to=status)
    application.reason_codes = reasons
    application.decided_at = timezone.now()
    application.save(update_fields=["status", "reason_codes", "decided_at"])
