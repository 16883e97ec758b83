"""Who may do what in this stage."""

from typing import Any

from realname.access.models import Role

SCORE_READERS = frozenset({Role.REVIEWER, Role.SENIOR_REVIEWER, Role.RISK_OFFICER, Role.COMPLIANCE})


def may_see_scores(user: Any) -> bool:
    """Grades are internal (R-44): those who judge applications or risk, and compliance who watches over it."""
    return user.is_active and getattr(user, "role", "") in SCORE_READERS
