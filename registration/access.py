"""Who may do what in this stage. Applicants act on the application of their own session only; staff by role and state."""

from typing import Any

from realname.access.actor import Actor
from realname.access.models import Role
from registration.errors import ApplicationClosed, OrganisationRests
from registration.models import Application, BulkImport, Dealer, Line
from registration.states import DealerStatus, LineStatus

ORGANISATION_JUDGES = frozenset({Role.REVIEWER, Role.SENIOR_REVIEWER})
TERMINATORS = frozenset({Role.SENIOR_REVIEWER, Role.RISK_OFFICER})


def may_act_on(actor: Actor, application: Application) -> bool:
    """A person: on their own. Staff, partners and the system are judged where they come in."""
    return actor.kind != "person" or actor.id == str(application.person_id)


def require_own(actor: Actor, application: Application) -> None:
    """Raises Application.DoesNotExist unless the actor may act on it: other people's things do not exist."""
    if not may_act_on(actor, application):
        raise Application.DoesNotExist


def require_open(application: Application) -> None:
    """Raises ApplicationClosed unless it is the person's to change, OrganisationRests where its contracting party may have no new line."""
    if not application.editable:
        raise ApplicationClosed
    if application.rests:
        raise OrganisationRests


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


def may_hold_data(user: Any) -> bool:
    """Legal holds, and the clock of the erasure, are compliance's (R-06, R-28)."""
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


def may_revoke_devices(user: Any) -> bool:
    """A tablet is stopped by who keeps it or who keeps its shop; only the first makes another, so that nobody sets up a counter alone."""
    return bool(user.is_active and getattr(user, "role", "") in (Role.ADMINISTRATOR, Role.SALES_MANAGER))


def may_keep_shops(user: Any) -> bool:
    """Dealers, their shops and who works there are kept by the sales manager, who sees nothing of any person."""
    return bool(user.is_active and getattr(user, "role", "") == Role.SALES_MANAGER)


def may_see_dealers(user: Any) -> bool:
    """Who keeps dealers, and who judges them."""
    return may_keep_shops(user) or bool(user.is_active and getattr(user, "role", "") == Role.COMPLIANCE)


def may_judge_dealer(user: Any, dealer: Dealer) -> bool:
    """Who sees dealers suspends one; that it may act again is compliance's to say (R-08)."""
    if not may_see_dealers(user):
        return False
    return dealer.status == DealerStatus.ACTIVE or user.role == Role.COMPLIANCE


def may_import_people(user: Any) -> bool:
    """Lists of many people are taken in by the clerk for organisations."""
    return bool(user.is_active and getattr(user, "role", "") == Role.ENTERPRISE_CLERK)


def require_own_bulk_import(user: Any, bulk_import: BulkImport) -> None:
    """Raises BulkImport.DoesNotExist unless this clerk uploaded it: other people's things do not exist."""
    if not may_import_people(user) or bulk_import.staff_id != user.pk:
        raise BulkImport.DoesNotExist


def may_keep_organisations(user: Any) -> bool:
    """Who enters organisations and names them in applications; they judge none."""
    return bool(user.is_active and getattr(user, "role", "") == Role.ENTERPRISE_CLERK)


def may_judge_organisations(user: Any) -> bool:
    """Reviewers; which one of them, the service says."""
    return bool(user.is_active and getattr(user, "role", "") in ORGANISATION_JUDGES)


def may_keep_iot_uses(user: Any) -> bool:
    """Who asks for lines of things for an organisation; they judge none."""
    return may_keep_organisations(user)


def may_judge_iot_uses(user: Any) -> bool:
    """Reviewers; which one of them, the service says."""
    return may_judge_organisations(user)
