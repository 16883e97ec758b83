"""Approve: the first or the second pair of eyes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page
from registration.models import Application
from registration.states import ApplicationStatus
from verification.approval import approval_of
from verification.desk.forms import ApproveForm
from verification.desk.judgement import judge
from verification.desk.opening import find_review, may_review
from verification.reasons import for_staff
from verification.services.approve_application import approve_application

APPROVED = _("The application is approved and the line is active.")
SECOND_NEEDED = _("Your approval is noted. Another reviewer must approve as well.")


@desk_page(may_review)
def approve(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Confirm, then approve; where something stands against it, the page says what instead."""
    review = find_review(review_id)
    approval = approval_of(review, request.user)
    return judge(
        request,
        review,
        form=ApproveForm(request.POST if request.method == "POST" else None, overridden=approval.overridden),
        template="verification/desk/approve.html",
        act=lambda given: approve_application(
            actor=actor_from_request(request), application_id=review.application_id, reviewer=request.user, **given
        ),
        done=_what_became,
        more={"approval": approval, "barriers": approval.barriers(), "overridden": for_staff(list(approval.overridden))},
    )


def _what_became(application: Application) -> str:
    return SECOND_NEEDED if application.status == ApplicationStatus.IN_REVIEW else APPROVED
