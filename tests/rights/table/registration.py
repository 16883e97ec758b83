"""The applicant's pages, and their lists in the admin. Being staff opens nothing of an applicant's: the session's application does."""

from realname.access.models import Role
from tests.rights.routes import Route, everybody, list_routes

CASE_READERS = (Role.REVIEWER, Role.SENIOR_REVIEWER, Role.RISK_OFFICER, Role.COMPLIANCE)
PERSON_READERS = (Role.SENIOR_REVIEWER, Role.RISK_OFFICER, Role.COMPLIANCE)
_open = Route(get=everybody(200))
# without an application of the session: back to the first page
_page = Route(get=everybody(302), post=everybody(302))
_only_shows = Route(get=everybody(302), post=everybody(405))
_only_acts = Route(get=everybody(405), post=everybody(302))

ROUTES: dict[str, Route] = {
    **list_routes("registration.application", *CASE_READERS, thing="application"),
    **list_routes("registration.person", *PERSON_READERS, thing="person"),
    **list_routes("registration.line", *CASE_READERS, thing="line"),
    **list_routes("registration.consent", *CASE_READERS, thing="consent"),
    "registration:start": _open,
    "registration:privacy": _open,
    "registration:help": _open,
    "registration:notice": Route(get=everybody(200), args=lambda world: {"purpose": "terms"}),
    "registration:consent": Route(get=everybody(200), post=everybody(200)),
    "registration:phone": _page,
    "registration:code": _page,
    "registration:resume": _page,
    "registration:resend": _only_acts,
    "registration:inbox": _only_shows,
    "registration:document": _only_shows,
    "registration:document_state": _only_shows,
    "registration:document_capture": Route(get=everybody(302), post=everybody(302), args=lambda world: {"side": "front"}),
    "registration:details": _page,
    "registration:selfie": _page,
    "registration:selfie_state": _only_shows,
    "registration:challenge": _page,
    "registration:challenge_state": _only_shows,
    "registration:challenge_start": _only_acts,
    "registration:challenge_without": _only_acts,
    "registration:statement": _page,
    "registration:review": _only_shows,
    "registration:submit": _only_acts,
    "registration:status": _only_shows,
    "registration:status_live": _only_shows,
    "registration:withdraw": _only_acts,
    "registration:ask_review": _only_acts,
    "registration:leave": _only_acts,
}
