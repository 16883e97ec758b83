"""How an application ended, as the demonstration's table and its JSON show it."""

from dataclasses import asdict, dataclass, field

from registration.models import Application
from verification.models import Check, Decision
from verification.pipeline import RUNNERS
from verification.reasons import REASONS

ORDER = {kind: position for position, kind in enumerate(RUNNERS)}


@dataclass(frozen=True)
class CheckRow:
    """One check: `score` and `threshold` in the engine's own unit, `milliseconds` of work."""

    check: str
    result: str
    reason: str
    score: float | None
    threshold: float | None
    milliseconds: int | None
    engine: str
    engine_version: str


@dataclass(frozen=True)
class OutcomeRow:
    """One applicant: what was expected, what came, and why."""

    applicant: str
    title: str
    reference: str
    expected: str
    actual: str
    expected_reason: str
    reasons: list[str]
    seconds: float | None
    reason_person: str
    reason_staff: str
    checks: list[CheckRow] = field(default_factory=list)
    failure: str = ""

    @property
    def as_expected(self) -> bool:
        """Did it end as it should, for the reason it should?"""
        return not self.failure and self.actual == self.expected and self.expected_reason in self.reasons

    def as_json(self) -> dict:
        """Plain data for `--json`."""
        return {**asdict(self), "as_expected": self.as_expected}


def outcome_of(reference: str) -> tuple[str, list[str], float | None, list[CheckRow]]:
    """Status, reasons, seconds from submission to decision, and checks of an application."""
    application = Application.objects.get(reference=reference)
    decision = Decision.objects.filter(application=application).last()
    checks = sorted(Check.objects.filter(application=application, round=application.round), key=lambda check: ORDER[check.kind])
    rows = [
        CheckRow(
            check.kind, check.status, check.reason, check.score, check.threshold, check.milliseconds, check.engine, check.engine_version
        )
        for check in checks
    ]
    seconds = (decision.decided_at - application.submitted_at).total_seconds() if decision and application.submitted_at else None
    return application.status, list(application.reason_codes), seconds, rows


def texts_of(reasons: list[str]) -> tuple[str, str]:
    """The person's and staff's text of the first reason."""
    reason = REASONS.get(reasons[0]) if reasons else None
    return (str(reason.person), str(reason.staff)) if reason else ("", "")
