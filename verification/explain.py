"""A decision in the person's words (R-29): whether a person took part, the reasons, and what was compared with which result."""

from registration import reason_texts
from registration.explanations import Explanation
from registration.models import Application
from verification.models import Check, Decision


def explain(application: Application) -> list[Explanation]:
    """Every decision on the application, oldest first."""
    return [_explained(decision) for decision in Decision.objects.filter(application=application)]


def _explained(decision: Decision) -> Explanation:
    checks = Check.objects.filter(application_id=decision.application_id, round=decision.round).order_by("created_at")
    return Explanation(
        at=decision.decided_at,
        outcome=str(decision.get_outcome_display()),
        automatic=decision.automatic,
        reasons=tuple(dict.fromkeys(text for code in decision.reasons if (text := reason_texts.text_for(code)))),
        compared=tuple((str(check.get_kind_display()), str(check.get_status_display())) for check in checks if check.has_ended),
    )
