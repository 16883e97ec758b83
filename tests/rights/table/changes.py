"""Changes: asked for by clerks and reviewers, approved by reviewers, seen masked."""

from realname.access.models import Role
from tests.rights.routes import Route, everybody, list_routes, only

APPROVERS = (Role.REVIEWER, Role.SENIOR_REVIEWER)
REQUESTERS = (Role.CLERK, *APPROVERS)
READERS = (*REQUESTERS, Role.RISK_OFFICER, Role.COMPLIANCE)
_change = {"args": lambda world: {"change_id": world.change.pk}}
ROUTES: dict[str, Route] = {
    **list_routes("changes.changerequest", *READERS, thing="change"),
    "admin:changes_changerequest_change": Route(get=only(*Role, ok=302), args=lambda world: {"object_id": str(world.change.pk)}),
    "admin:changes_changerequest_request": Route(get=only(*REQUESTERS), post=only(*REQUESTERS, ok=422)),
    "admin:changes_changerequest_case": Route(get=only(*READERS), **_change),
    # a withdrawal by who did not ask for it, and an approval by who may not, are refused on the page of the change
    "admin:changes_changerequest_prove": Route(get=everybody(405), post=only(*REQUESTERS, ok=422), **_change),
    "admin:changes_changerequest_approve": Route(get=everybody(405), post=only(*READERS, ok=302), **_change),
    "admin:changes_changerequest_reject": Route(get=everybody(405), post=only(*READERS, ok=422), **_change),
    "admin:changes_changerequest_withdraw": Route(get=everybody(405), post=only(*REQUESTERS, ok=302), **_change),
    "admin:changes_changerequest_stop": Route(get=everybody(405), post=only(*REQUESTERS, ok=302), **_change),
    "changes:stop": Route(get=everybody(200)),
}
