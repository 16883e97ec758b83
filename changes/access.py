"""Who may do what in this stage: role and state together."""

from typing import Any

from changes.models import ChangeRequest
from changes.states import ChangeStatus
from realname.access.models import Role

REQUESTERS = frozenset({Role.CLERK, Role.REVIEWER, Role.SENIOR_REVIEWER})
APPROVERS = frozenset({Role.REVIEWER, Role.SENIOR_REVIEWER})
READERS = REQUESTERS | {Role.COMPLIANCE, Role.RISK_OFFICER}


def may_see(user: Any) -> bool:
    """The list shows masked numbers."""
    return _has_role(user, READERS)


def may_request(user: Any) -> bool:
    """On behalf of a person who is there, or on the telephone with the code."""
    return _has_role(user, REQUESTERS)


def may_approve(user: Any, change: ChangeRequest) -> bool:
    """An approver, of a change that awaits one, that they neither asked for nor approved (P-CHG-3)."""
    return (
        _has_role(user, APPROVERS)
        and change.status == ChangeStatus.AWAITING_APPROVAL
        and change.requested_by_id != str(user.pk)
        and not change.approvals.filter(approver_id=user.pk).exists()
    )


def may_reject(user: Any, change: ChangeRequest) -> bool:
    """An approver, while it is on its way."""
    return _has_role(user, APPROVERS) and change.status in ChangeStatus.open()


def may_withdraw(user: Any, change: ChangeRequest) -> bool:
    """Who asked for it, while it is on its way."""
    return _has_role(user, REQUESTERS) and change.requested_by_id == str(user.pk) and change.status in ChangeStatus.open()


def may_stop(user: Any, change: ChangeRequest) -> bool:
    """For an old contact who calls: any of the desk, once they may have been told."""
    return _has_role(user, REQUESTERS) and change.can_move(to=ChangeStatus.STOPPED)


def _has_role(user: Any, roles: frozenset[str]) -> bool:
    return bool(user.is_active and getattr(user, "role", "") in roles)
