"""The applicant's pages, and their lists in the admin. Being staff opens nothing of an applicant's: the session's application does."""

from typing import Any

from realname.access.models import Role
from tests.rights.routes import Route, everybody, list_routes, only

CASE_READERS = (Role.REVIEWER, Role.SENIOR_REVIEWER, Role.RISK_OFFICER, Role.COMPLIANCE)
PERSON_READERS = (Role.SENIOR_REVIEWER, Role.RISK_OFFICER, Role.COMPLIANCE)
_open = Route(get=everybody(200))
# without an application of the session: back to the first page
_page = Route(get=everybody(302), post=everybody(302))
_only_shows = Route(get=everybody(302), post=everybody(405))
_only_acts = Route(get=everybody(405), post=everybody(302))

_CLERK_ACTS = Route(get=everybody(405), post=only(Role.CLERK, ok=302))


def _own(thing: str) -> Route:
    """An act in the account on one thing: without a sign-in of the person it leads to that, whatever the thing."""
    return Route(get=everybody(405), post=everybody(302), args=lambda world: {thing: str(world.line.pk)})


def _shop(world: Any) -> dict[str, str]:
    return {"shop_id": str(world.shop.pk)}


def _a_list(*, get: bool) -> Route:
    """A list of people of nobody's: for the clerk for organisations there is none; others are refused at the door."""
    theirs, never = only(Role.ENTERPRISE_CLERK, ok=404), everybody(405)
    return Route(get=theirs if get else never, post=never if get else theirs, args=lambda world: {"import_id": str(world.line.pk)})


_NO_ID = "00000000-0000-4000-8000-000000000000"
_JUDGES = (Role.REVIEWER, Role.SENIOR_REVIEWER)


def _an_organisation(*roles: Role, acts: bool = False, forms: bool = False, **args: str) -> Route:
    """An organisation that does not exist: for those whose role it is there is none; others are refused at the door."""
    theirs, never = only(*roles, ok=404), everybody(405)
    return Route(
        get=never if acts else theirs,
        post=theirs if acts or forms else {},
        args=lambda world: {"organisation_id": str(world.line.pk), **args},
    )


def _of_things(*roles: Role, of: str, acts: bool = False) -> Route:
    """A use, line or re-check that does not exist: for those whose role it is there is none; others are refused at the door."""
    theirs, never = only(*roles, ok=404), everybody(405)
    return Route(get=never if acts else theirs, post=theirs if acts else {}, args=lambda world: {of: str(world.line.pk)})


ROUTES: dict[str, Route] = {
    **list_routes("registration.application", *CASE_READERS, thing="application"),
    **list_routes("registration.person", *PERSON_READERS, thing="person"),
    **list_routes("registration.line", *CASE_READERS, thing="line"),
    **list_routes("registration.consent", *CASE_READERS, thing="consent"),
    **list_routes("registration.number", *CASE_READERS, thing="number"),
    "admin:registration_line_terminate": Route(
        get=only(Role.SENIOR_REVIEWER, Role.RISK_OFFICER),
        post=only(Role.SENIOR_REVIEWER, Role.RISK_OFFICER, ok=302),
        args=lambda world: {"line_id": world.line.pk},
        data={"reason": "unpaid"},
    ),
    "admin:registration_number_stock": Route(
        get=only(Role.ADMINISTRATOR), post=only(Role.ADMINISTRATOR, ok=302), data={"first": "19200009990", "last": "19200009999"}
    ),
    **list_routes("registration.retentionrun", Role.COMPLIANCE),
    "admin:registration_retention": Route(get=only(Role.COMPLIANCE)),
    "admin:registration_retention_clock": Route(
        get=only(Role.COMPLIANCE, ok=404), post=only(Role.COMPLIANCE, ok=404), args=lambda world: {"stop_id": str(world.line.pk)}
    ),
    "admin:registration_face_filing": Route(get=only(Role.COMPLIANCE), post=only(Role.COMPLIANCE, ok=422)),
    **list_routes("registration.legalhold", Role.COMPLIANCE, thing="legal_hold"),
    "admin:registration_legalhold_change": Route(
        get=everybody(302), post=everybody(302), args=lambda world: {"object_id": str(world.legal_hold.pk)}
    ),
    "admin:registration_legalhold_place": Route(get=only(Role.COMPLIANCE), post=only(Role.COMPLIANCE, ok=422)),
    "admin:registration_legalhold_case": Route(
        get=only(Role.COMPLIANCE), post=only(Role.COMPLIANCE, ok=422), args=lambda world: {"hold_id": str(world.legal_hold.pk)}
    ),
    **list_routes("registration.delivery", *CASE_READERS, thing="delivery"),
    **list_routes("registration.bulkimport", Role.COMPLIANCE),
    "admin:registration_bulk": Route(get=only(Role.ENTERPRISE_CLERK), post=only(Role.ENTERPRISE_CLERK, ok=422)),
    "admin:registration_bulk_import": _a_list(get=True),
    "admin:registration_bulk_progress": _a_list(get=True),
    "admin:registration_bulk_report": _a_list(get=True),
    "admin:registration_bulk_confirm": _a_list(get=False),
    "admin:registration_bulk_cancel": _a_list(get=False),
    **list_routes("registration.organisation", Role.COMPLIANCE),
    "admin:registration_organisation_own": Route(get=only(Role.ENTERPRISE_CLERK), post=only(Role.ENTERPRISE_CLERK, ok=422)),
    "admin:registration_organisation_entered": _an_organisation(Role.ENTERPRISE_CLERK),
    "admin:registration_organisation_photograph": _an_organisation(Role.ENTERPRISE_CLERK, acts=True, kind="licence"),
    "admin:registration_organisation_name": _an_organisation(Role.ENTERPRISE_CLERK, acts=True),
    "admin:registration_organisation_correct": _an_organisation(Role.ENTERPRISE_CLERK, forms=True),
    "admin:registration_organisation_take_back": _an_organisation(Role.ENTERPRISE_CLERK, acts=True),
    "admin:registration_organisation_lines": _an_organisation(Role.ENTERPRISE_CLERK),
    "admin:registration_organisation_line": _an_organisation(Role.ENTERPRISE_CLERK, line_id=_NO_ID),
    "admin:registration_organisation_replace": _an_organisation(Role.ENTERPRISE_CLERK, acts=True, line_id=_NO_ID),
    "admin:registration_organisation_end": _an_organisation(Role.ENTERPRISE_CLERK, acts=True, line_id=_NO_ID),
    **{
        f"admin:registration_organisation_{act}": _an_organisation(*_JUDGES, acts=True, correction_id=_NO_ID)
        for act in ("accept", "refuse")
    },
    "admin:registration_organisation_review": Route(get=only(*_JUDGES)),
    "admin:registration_organisation_case": _an_organisation(*_JUDGES),
    **{f"admin:registration_organisation_{act}": _an_organisation(*_JUDGES, acts=True) for act in ("open", "approve", "reject", "suspend")},
    "admin:registration_organisation_paper": _an_organisation(*_JUDGES, image_id=_NO_ID),
    # an invitation nobody has
    "registration:invited": Route(get=everybody(404), post=everybody(404), args=lambda world: {"row_id": str(world.line.pk)}),
    "registration:start": _open,
    "registration:privacy": _open,
    "registration:help": _open,
    "registration:notice": Route(get=everybody(200), args=lambda world: {"purpose": "terms"}),
    "registration:consent": Route(get=everybody(200), post=everybody(200)),
    "registration:phone": _page,
    "registration:code": _page,
    "registration:resume": _page,
    "registration:code_state": _only_shows,
    "registration:call": _only_acts,
    "registration:resend": _only_acts,
    # the operator's app: without a client's token nobody gets anything, staff or not
    "api_v1:token": Route(get=everybody(405), post=everybody(400)),
    "api_v1:schema": Route(get=everybody(200), post=everybody(405)),
    "api_v1:nothing": Route(get=everybody(404), post=everybody(404)),
    **{f"api_v1:{name}": Route(get=everybody(401), post=everybody(401)) for name in ("notices", "document_types", "applications")},
    **{
        f"api_v1:{name}": Route(get=everybody(401), post=everybody(401), args=lambda world: {"application_id": str(world.application.pk)})
        for name in (
            "application",
            "path",
            "leave_face",
            "phone_code",
            "phone_call",
            "phone",
            "resume",
            "numbers",
            "number",
            "document_type",
            "captures",
            "details",
            "selfie",
            "challenge",
            "representative_document_type",
            "representative_details",
            "representative_phone_code",
            "representative_phone_call",
            "representative_phone",
            "representative_phone_share",
            "challenge_answer",
            "statement",
            "review",
            "submit",
            "withdraw",
            "ask_review",
        )
    },
    "api_v1:document": Route(
        get=everybody(401), post=everybody(401), args=lambda world: {"application_id": str(world.application.pk), "side": "front"}
    ),
    **list_routes("registration.iotuse", Role.COMPLIANCE),
    **list_routes("registration.iotline", Role.COMPLIANCE),
    "admin:registration_iotuse_own": Route(get=only(Role.ENTERPRISE_CLERK)),
    "admin:registration_iotuse_ask": _an_organisation(Role.ENTERPRISE_CLERK),
    "admin:registration_iotuse_kept": _of_things(Role.ENTERPRISE_CLERK, of="use_id"),
    "admin:registration_iotuse_activate": _of_things(Role.ENTERPRISE_CLERK, of="use_id", acts=True),
    "admin:registration_iotuse_review": Route(get=only(*_JUDGES)),
    "admin:registration_iotuse_case": _of_things(*_JUDGES, of="use_id"),
    **{f"admin:registration_iotuse_{act}": _of_things(*_JUDGES, of="use_id", acts=True) for act in ("approve", "reject", "close")},
    "admin:registration_iotline_kept": _of_things(Role.ENTERPRISE_CLERK, of="line_id"),
    **{f"admin:registration_iotline_{act}": _of_things(Role.ENTERPRISE_CLERK, of="line_id", acts=True) for act in ("recheck", "end")},
    "admin:registration_iotline_case": _of_things(*_JUDGES, of="line_id"),
    **{f"admin:registration_iotline_{act}": _of_things(*_JUDGES, of="recheck_id", acts=True) for act in ("lift", "refuse")},
    # the network signs what it reports
    "gateways:iot_use": Route(get=everybody(405), post=everybody(401)),
    # gateways sign what they report
    "gateways:receipts": Route(get=everybody(405), post=everybody(401)),
    "registration:inbox": _only_shows,
    "registration:choose_document": _page,
    "registration:number": _only_shows,
    "registration:number_browse": _only_shows,
    "registration:number_reserve": _only_acts,
    "registration:number_own": _only_acts,
    "registration:document": _only_shows,
    "registration:document_state": _only_shows,
    "registration:document_capture": Route(get=everybody(302), post=everybody(302), args=lambda world: {"side": "front"}),
    "registration:details": _page,
    "registration:representative_document": _only_shows,
    "registration:representative_document_state": _only_shows,
    "registration:representative_choose_document": _page,
    "registration:representative_details": _page,
    "registration:representative_phone": _page,
    "registration:representative_share": _only_acts,
    "registration:representative_code": _page,
    "registration:representative_code_state": _only_shows,
    "registration:representative_call": _only_acts,
    "registration:representative_resend": _only_acts,
    "registration:representative_inbox": _only_shows,
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
    # the account: being staff signs nobody in to it
    "account:home": _only_shows,
    "account:sign_in": Route(get=everybody(200), post=everybody(200)),
    "account:sign_in_code": _page,
    "account:sign_in_call": _only_acts,
    "account:sign_in_call_state": _only_shows,
    "account:sign_in_inbox": Route(get=everybody(404), post=everybody(405)),
    "account:sign_in_identity": _page,
    "account:sign_in_factor": _page,
    "account:sign_in_passkey": Route(get=everybody(405), post=everybody(302)),
    "account:sign_in_options": Route(get=everybody(405), post=everybody(200)),
    "account:sign_out": _only_acts,
    "account:sign_out_everywhere": _only_acts,
    "account:notices": _only_shows,
    "account:applications": _only_shows,
    "account:application_open": _own("application_id"),
    "account:explanation": Route(get=everybody(302), args=lambda world: {"application_id": str(world.application.pk)}),
    "account:child_withdraw": _own("application_id"),
    "account:lines": _only_shows,
    "account:line_show": _own("line_id"),
    "account:line_end": Route(get=everybody(302), post=everybody(302), args=lambda world: {"line_id": str(world.line.pk)}),
    "account:consents": _only_shows,
    "account:consent_withdraw": _own("consent_id"),
    "account:looks": _only_shows,
    "account:data": _only_shows,
    "account:data_request": _only_acts,
    "account:data_take": _own("export_id"),
    "account:rights": _only_shows,
    "account:unfreeze": _only_acts,
    "account:right": Route(get=everybody(302), post=everybody(302), args=lambda world: {"kind": "deletion"}),
    "account:right_answer": Route(get=everybody(302), args=lambda world: {"request_id": str(world.rights_request.pk)}),
    "account:right_withdraw": _own("request_id"),
    "account:devices": _only_shows,
    "account:device_sign_out": _own("sign_in_id"),
    "account:device_disown": _own("sign_in_id"),
    "account:security": _only_shows,
    "account:passkey": _only_acts,
    "account:passkey_options": _only_acts,
    "account:passkey_remove": _own("passkey_id"),
    "account:authenticator": _page,
    "account:authenticator_remove": _only_acts,
    "account:recovery_codes": _only_acts,
    "account:settings": _page,
    # the desk's part: compliance answers, a senior reviewer helps who lost their keys
    **list_routes("registration.rightsrequest", Role.COMPLIANCE, thing="rights_request"),
    "admin:registration_rightsrequest_change": Route(
        get=everybody(302), post=everybody(302), args=lambda world: {"object_id": str(world.rights_request.pk)}
    ),
    "admin:registration_rightsrequest_case": Route(
        get=only(Role.COMPLIANCE),
        post=only(Role.COMPLIANCE, ok=422),
        args=lambda world: {"request_id": str(world.rights_request.pk)},
    ),
    # the counter of a shop: a clerk without an enrolled device is led back to it, which says so
    "admin:registration_shop": Route(get=only(Role.CLERK)),
    "admin:registration_shop_enrol": Route(get=only(Role.CLERK, ok=405), post=only(Role.CLERK, ok=422)),
    **{f"admin:registration_shop_{act}": _CLERK_ACTS for act in ("start", "take_up", "paper_code")},
    "admin:registration_shop_put_aside": _CLERK_ACTS,
    "admin:registration_shop_witness": Route(get=only(Role.CLERK, ok=302), post=only(Role.CLERK, ok=302)),
    "admin:registration_shop_receipt": Route(
        get=only(Role.CLERK, ok=302), args=lambda world: {"application_id": str(world.application.pk)}
    ),
    "admin:registration_shop_visit": Route(get=only(Role.CLERK, ok=302), args=lambda world: {"application_id": str(world.application.pk)}),
    "admin:registration_shop_photograph": Route(
        get=everybody(405),
        post=only(Role.CLERK, ok=302),
        args=lambda world: {"application_id": str(world.application.pk), "side": "front"},
    ),
    "admin:registration_shop_devices": Route(get=only(Role.ADMINISTRATOR), post=only(Role.ADMINISTRATOR, ok=422)),
    "admin:registration_shop_device_revoke": Route(
        get=everybody(405),
        post=only(Role.ADMINISTRATOR, Role.SALES_MANAGER, ok=302),
        args=lambda world: {"device_id": str(world.shop_device.pk)},
    ),
    # the sales manager keeps dealers, shops and postings, and sees no person
    **list_routes("registration.dealer", Role.COMPLIANCE, Role.SALES_MANAGER, thing="dealer"),
    **list_routes("registration.shop", Role.SALES_MANAGER, thing="shop"),
    **list_routes("registration.clerkposting", Role.SALES_MANAGER, thing="posting"),
    "admin:registration_shop_change": Route(get=everybody(302), post=everybody(302), args=lambda world: {"object_id": str(world.shop.pk)}),
    "admin:registration_dealer_sign": Route(get=only(Role.SALES_MANAGER), post=only(Role.SALES_MANAGER, ok=422)),
    "admin:registration_dealer_renew": Route(
        get=only(Role.SALES_MANAGER), post=only(Role.SALES_MANAGER, ok=422), args=lambda world: {"dealer_id": str(world.dealer.pk)}
    ),
    "admin:registration_shop_open": Route(
        get=only(Role.SALES_MANAGER), post=only(Role.SALES_MANAGER, ok=422), args=lambda world: {"dealer_id": str(world.dealer.pk)}
    ),
    "admin:registration_shop_office": Route(get=only(Role.SALES_MANAGER), post=only(Role.SALES_MANAGER, ok=422), args=_shop),
    "admin:registration_shop_post": Route(get=everybody(405), post=only(Role.SALES_MANAGER, ok=422), args=_shop),
    "admin:registration_shop_close": Route(get=everybody(405), post=only(Role.SALES_MANAGER, ok=302), args=_shop),
    "admin:registration_shop_reopen": Route(get=everybody(405), post=only(Role.SALES_MANAGER, ok=302), args=_shop),
    "admin:registration_shop_recall": Route(
        get=everybody(405), post=only(Role.SALES_MANAGER, ok=302), args=lambda world: {"posting_id": str(world.posting.pk)}
    ),
    "admin:registration_dealer_change": Route(
        get=everybody(302), post=everybody(302), args=lambda world: {"object_id": str(world.dealer.pk)}
    ),
    "admin:registration_dealer_standing": Route(
        get=only(Role.COMPLIANCE, Role.SALES_MANAGER),
        post=only(Role.COMPLIANCE, Role.SALES_MANAGER, ok=422),
        args=lambda world: {"dealer_id": str(world.dealer.pk)},
    ),
    "admin:registration_person_factors": Route(
        get=only(Role.SENIOR_REVIEWER),
        post=only(Role.SENIOR_REVIEWER, ok=422),
        args=lambda world: {"person_id": str(world.person.pk)},
    ),
}
