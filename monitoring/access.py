"""Who may do what in this stage."""

from typing import Any

from realname.access.models import Role

WATCHERS = frozenset({Role.COMPLIANCE, Role.ADMINISTRATOR})


def may_see_kpis(user: Any) -> bool:
    """The page holds counts and codes only, nothing of any person: compliance and administrators."""
    return bool(user.is_active and getattr(user, "role", "") in WATCHERS)
