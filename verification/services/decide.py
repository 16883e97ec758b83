"""When all checks have ended: risk grades, the table judges, and the application goes where it must."""

from uuid import UUID

from django.db import transaction

from realname import policy
from realname.access.actor import SYSTEM
from realname.trail import record
from registration.locks import lock_application
from registration.models import Application
from registration.selectors import current_captures
from registration.states import ApplicationStatus, CaptureStatus
from risk.services.assess import assess
from verification.decision_table import OUTCOMES, Verdict, judge
from verification.models import Check, Decision
from verification.pipeline import checks_for
from verification.policy import ROUNDS
from verification.services.outcomes import approve, ask_again, put_to_review, reject
from verification.states import Outcome


@transaction.atomic
def decide(*, application_id: UUID) -> Decision | None:
    """Decide the current round once, all of it by one version of the policy (P-VER-7).

    Does nothing before all its checks have ended, or after it was decided.
    """
    with policy.hold() as snapshot:
        return _decide(application_id, snapshot)


def _decide(application_id: UUID, snapshot: policy.Snapshot) -> Decision | None:
    application = lock_application(application_id)
    checks = list(Check.objects.filter(application=application, round=application.round))
    if application.status != ApplicationStatus.VERIFYING or not all(check.has_ended for check in checks):
        return None
    grade = assess(application=application, checks={check.kind: (check.status, check.reason) for check in checks})
    handed_on = [kind for kind, capture in current_captures(application).items() if capture.status == CaptureStatus.REJECTED]
    rounds_left = snapshot.value(ROUNDS) - application.round
    needed = {runner.kind for runner in checks_for(application)}
    verdict = judge(checks, policy=snapshot, risk_level=grade.level, rounds_left=rounds_left, handed_on=handed_on, needed=needed)
    verdict = _carry_out(application, verdict, level=grade.level)
    decision = Decision.objects.create(
        person_id=application.person_id,
        application=application,
        round=application.round,
        outcome=verdict.outcome,
        reasons=verdict.reasons,
        items=verdict.items,
        handed_on=handed_on,
        risk_level=grade.level,
        policy_version=snapshot.number,
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
    """Move the application as the verdict says.

    An approval that meets a limit at the last moment becomes a refusal; one whose contracting party is suspended waits for a reviewer,
    who can approve once that is lifted: nobody is refused for what may pass.
    """
    if verdict.outcome == Outcome.APPROVE:
        refusal = approve(actor=SYSTEM, application=application, reason="APPROVED")
        if not refusal:
            return verdict
        verdict = Verdict(OUTCOMES[refusal], [refusal], [])
    if verdict.outcome == Outcome.REJECT:
        reject(actor=SYSTEM, application=application, reasons=verdict.reasons)
    elif verdict.outcome == Outcome.RESUBMIT:
        ask_again(actor=SYSTEM, application=application, reasons=verdict.reasons, items=verdict.items)
    else:
        put_to_review(application=application, level=level, reasons=verdict.reasons)
    return verdict
