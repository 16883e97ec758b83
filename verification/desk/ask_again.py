"""Ask for named items again."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page
from verification.desk.forms import AskAgainForm
from verification.desk.judgement import judge
from verification.desk.opening import find_review, may_review
from verification.services import ask_again as asking

ASKED = _("The person is asked for these items again.")


@desk_page(may_review)
def ask_again(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Choose items and reason, confirm, then ask."""
    review = find_review(review_id)
    return judge(
        request,
        review,
        form=AskAgainForm(request.POST if request.method == "POST" else None, application=review.application),
        template="verification/desk/ask_again.html",
        act=lambda given: asking.ask_again(
            actor=actor_from_request(request), application_id=review.application_id, reviewer=request.user, **given
        ),
        done=lambda application: ASKED,
    )
