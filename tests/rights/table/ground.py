"""The ground: health, language, design, sign-in, the trail, the policy and staff accounts."""

from types import SimpleNamespace

from realname.access.models import Role
from tests.rights.routes import Route, everybody, list_routes, nobody, only

STAFF_READERS = (Role.ADMINISTRATOR, Role.COMPLIANCE)
_staff = {"args": lambda world: {"object_id": str(world.staff.pk)}}
_post = {"get": everybody(405), "post": only(Role.COMPLIANCE, ok=302)}


def _draft(world: SimpleNamespace) -> dict[str, str]:
    return {"draft_id": str(world.draft.pk)}


ROUTES: dict[str, Route] = {
    "livez": Route(get=everybody(200)),
    "healthz": Route(get=everybody(200)),
    # a token opens it, no sign-in does
    "metrics": Route(get=everybody(404)),
    "set_language": Route(get=everybody(302), post=everybody(302), data={"language": "en"}),
    "ui:stylebook": Route(get=everybody(200)),
    "ui:larger_type": Route(get=everybody(405), post=everybody(302), data={"type": "large"}),
    # the door: who is inside is led on
    "admin:login": Route(get=only(*Role, ok=302, anonymous=200), post=everybody(200)),
    "admin:second_factor": Route(get=everybody(302), post=everybody(302)),
    "admin:logout": Route(get=only(others=405), post=only(*Role)),
    "admin:index": Route(get=only(*Role)),
    "admin:password_change": Route(get=only(*Role)),
    "admin:password_change_done": Route(get=only(*Role)),
    "admin:jsi18n": Route(get=only(*Role)),
    "admin:search": Route(get=only(*Role)),
    # no model of ours is offered to autocompletion, and none has a page on the site to view
    "admin:autocomplete": Route(get=nobody()),
    "admin:view_on_site": Route(
        get=nobody(404), args=lambda world: {"content_type_id": world.content_type.pk, "object_id": str(world.application.pk)}
    ),
    "admin:app_list": Route(
        get=only(Role.REVIEWER, Role.SENIOR_REVIEWER, Role.RISK_OFFICER, Role.COMPLIANCE, Role.SALES_MANAGER, others=404),
        args=lambda world: {"app_label": "registration"},
    ),
    "[admin/(?P<url>.*)$]": Route(get=nobody(404), args=lambda world: {"url": "nowhere"}),
    **list_routes("trail.event", Role.COMPLIANCE, thing="event"),
    **list_routes("trail.seal", Role.COMPLIANCE),
    **list_routes("trail.listenercursor", Role.COMPLIANCE, thing="cursor"),
    # the policy: who drafts is not who publishes, which the services hold to (tests/realname/policy)
    "admin:policy_policyversion_changelist": Route(get=only(Role.COMPLIANCE)),
    "admin:policy_history": Route(get=only(Role.COMPLIANCE)),
    "admin:policy_version_cancel": Route(**_post, args=lambda world: {"number": world.policy.number}),
    "admin:policy_draft_start": Route(**_post),
    "admin:policy_draft": Route(get=only(Role.COMPLIANCE), args=_draft),
    "admin:policy_draft_dry_run": Route(get=only(Role.COMPLIANCE), args=_draft),
    "admin:policy_draft_edit": Route(
        get=only(Role.COMPLIANCE),
        post=only(Role.COMPLIANCE, ok=422),
        args=lambda world: {**_draft(world), "section": "registration"},
    ),
    **{
        f"admin:policy_draft_{act}": Route(**_post, args=_draft, data={"revision": "1", "reason": "r", "note": "n", "wanted": "5"})
        for act in ("explain", "rehearse", "propose", "return", "renew", "withdraw", "publish")
    },
    # accounts: the administrator's, and compliance looks on
    "admin:access_staff_changelist": Route(get=only(*STAFF_READERS)),
    "admin:access_staff_add": Route(get=only(Role.ADMINISTRATOR), post=only(Role.ADMINISTRATOR)),
    "admin:access_staff_change": Route(get=only(*STAFF_READERS), post=only(Role.ADMINISTRATOR), **_staff),
    "admin:access_staff_delete": Route(get=nobody(), post=nobody(), **_staff),
    "admin:access_staff_history": Route(get=only(*STAFF_READERS), **_staff),
    "admin:auth_user_password_change": Route(
        get=only(Role.ADMINISTRATOR), post=only(Role.ADMINISTRATOR), args=lambda world: {"id": str(world.staff.pk)}
    ),
    "[admin/access/staff/<path:object_id>/]": Route(get=everybody(302), **_staff),
}
