"""Counts and codes, nothing of any person."""

from realname.access.models import Role
from tests.rights.routes import Route, only

WATCHERS = (Role.COMPLIANCE, Role.ADMINISTRATOR)

ROUTES: dict[str, Route] = {
    "admin:monitoring_kpis_changelist": Route(get=only(*WATCHERS)),
    "admin:monitoring_kpis_live": Route(get=only(*WATCHERS)),
}
