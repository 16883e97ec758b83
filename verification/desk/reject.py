"""Reject, for a structured reason."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page
from verification.desk.forms import RejectForm
from verification.desk.judgement import judge
from verification.desk.opening import find_review, may_review
from verification.services.reject_application import reject_application

REJECTED = _("The application is rejected.")


@desk_page(may_review)
def reject(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Choose the reason, confirm, then reject."""
    review = find_review(review_id)
    return judge(
        request,
        review,
        form=RejectForm(request.POST if request.method == "POST" else None),
        template="verification/desk/reject.html",
        act=lambda given: reject_application(
            actor=actor_from_request(request), application_id=review.application_id, reviewer=request.user, **given
        ),
        done=lambda application: REJECTED,
    )
