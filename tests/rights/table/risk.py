"""Grades are internal (R-44)."""

from realname.access.models import Role
from tests.rights.routes import Route, list_routes

ROUTES: dict[str, Route] = list_routes("risk.score", Role.REVIEWER, Role.SENIOR_REVIEWER, Role.RISK_OFFICER, Role.COMPLIANCE, thing="score")
