"""Who may do what in this stage. Applicants act on the application of their own session only; staff by role and state."""

from typing import Any

from realname.access.actor import Actor
from realname.access.models import Role
from registration.models import Application, Line
from registration.states import LineStatus

ORGANISATION_JUDGES = frozenset({Role.REVIEWER, Role.SENIOR_REVIEWER})
TERMINATORS = frozenset({Role.SENIOR_REVIEWER, Role.RISK_OFFICER})


def may_act_on(actor: Actor, application: Application) -> bool:
    """A person: on their own. Staff, partners and the system are judged where they come in."""
    return actor.kind != "person" or actor.id == str(application.person_id)


def require_own(actor: Actor, application: Application) -> None:
    """Raises Application.DoesNotExist unless the actor may act on it: other people's things do not exist."""
    if not may_act_on(actor, application):
        raise Application.DoesNotExist


def require_own_line(actor: Actor, line: Line) -> None:
    """Raises Line.DoesNotExist where a person is not its holder."""
    if actor.kind == "person" and actor.id != str(line.person_id):
        raise Line.DoesNotExist


def may_terminate_lines(user: Any) -> bool:
    """Whose role it is to end a line."""
    return bool(user.is_active and getattr(user, "role", "") in TERMINATORS)


def may_terminate_line(user: Any, line: Line) -> bool:
    """Whose role it is, while the line is held."""
    return may_terminate_lines(user) and line.status in LineStatus.held()


def may_stock_numbers(user: Any) -> bool:
    """Who keeps the stock: the administrator, who sees nothing of any person."""
    return bool(user.is_active and getattr(user, "role", "") == Role.ADMINISTRATOR)


def may_answer_rights(user: Any) -> bool:
    """Requests about personal data belong to compliance (R-31)."""
    return bool(user.is_active and getattr(user, "role", "") == Role.COMPLIANCE)


def may_remove_factors(user: Any) -> bool:
    """Of a person who lost them: a senior reviewer, who sees the list of persons."""
    return bool(user.is_active and getattr(user, "role", "") == Role.SENIOR_REVIEWER)


def may_issue_paper_code(actor: Actor) -> bool:
    """A clerk, who sees the person and their phone."""
    return actor.kind == "staff" and actor.role == Role.CLERK


def may_work_in_shop(user: Any) -> bool:
    """A clerk; where and when they may is their station's (registration/services/shop/station.py)."""
    return bool(user.is_active and getattr(user, "role", "") == Role.CLERK)


def may_keep_devices(user: Any) -> bool:
    """Tablets of shops are kept by the administrator, who sees nothing of any person."""
    return bool(user.is_active and getattr(user, "role", "") == Role.ADMINISTRATOR)


def may_judge_dealers(user: Any) -> bool:
    """A dealer's standing is compliance's (R-08)."""
    return bool(user.is_active and getattr(user, "role", "") == Role.COMPLIANCE)


def may_keep_organisations(user: Any) -> bool:
    """Who enters organisations and names them in applications; they judge none."""
    return bool(user.is_active and getattr(user, "role", "") == Role.ENTERPRISE_CLERK)


def may_judge_organisations(user: Any) -> bool:
    """Reviewers; which one of them, the service says."""
    return bool(user.is_active and getattr(user, "role", "") in ORGANISATION_JUDGES)


def may_see_organisations(user: Any) -> bool:
    """Who enters them, who judges them, and compliance that watches."""
    return may_keep_organisations(user) or may_judge_organisations(user) or getattr(user, "role", "") == Role.COMPLIANCE
