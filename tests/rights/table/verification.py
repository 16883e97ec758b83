"""The queue, the case and its judgements. Nobody holds the claim here: what only its holder may do is refused to all."""

from realname.access.models import Role
from tests.rights.routes import Route, everybody, list_routes, only

REVIEWERS = (Role.REVIEWER, Role.SENIOR_REVIEWER)
CASE_READERS = (*REVIEWERS, Role.RISK_OFFICER, Role.COMPLIANCE)
_review = {"args": lambda world: {"review_id": world.review.pk}}
# led back to the case with a message: the claim is not theirs
_judgement = Route(get=only(*REVIEWERS, ok=302), post=only(*REVIEWERS, ok=302), **_review)
_act = Route(get=only(*REVIEWERS, ok=405), post=only(*REVIEWERS, ok=302), **_review)

ROUTES: dict[str, Route] = {
    # a published model, and nothing about anybody
    "verification:face_detector": Route(get=everybody(200), post=everybody(405)),
    **list_routes("verification.check", *CASE_READERS, thing="check"),
    **list_routes("verification.decision", *CASE_READERS, thing="decision"),
    **list_routes("verification.inquiry", *CASE_READERS, thing="inquiry"),
    **list_routes("verification.review", *REVIEWERS, Role.COMPLIANCE, thing="review"),
    # a page of its own instead of a form
    "admin:verification_review_change": Route(get=only(*Role, ok=302), args=lambda world: {"object_id": str(world.review.pk)}),
    "admin:verification_review_case": Route(get=only(*REVIEWERS, Role.COMPLIANCE), **_review),
    # an organisation that does not exist
    "admin:verification_organisation_ask": Route(
        get=everybody(405), post=only(*REVIEWERS, ok=404), args=lambda world: {"organisation_id": str(world.line.pk)}
    ),
    "admin:verification_review_take": _act,
    "admin:verification_review_release": _act,
    "admin:verification_review_open": _act,
    "admin:verification_review_approve": _judgement,
    "admin:verification_review_reject": _judgement,
    "admin:verification_review_ask_again": _judgement,
    # what is not yours does not exist
    "admin:verification_review_capture": Route(
        get=only(*REVIEWERS, ok=404), args=lambda world: {"review_id": world.review.pk, "capture_id": world.capture.pk}
    ),
}
