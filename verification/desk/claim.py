"""Take a case, give it back, and open its full data."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page
from realname.ui.telling import telling
from verification import access
from verification.desk.opening import Purpose, close_for, find_review, may_review, open_for
from verification.services.take_for_review import release_review, take_for_review

RELEASED = _("The application is back in the queue.")
PURPOSE_MISSING = _("Please choose a purpose.")
TAKE_FIRST = _("Take the application first.")


@desk_page(may_review)
@require_POST
def take(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Claim it, or renew the claim. A new claim starts masked."""
    review = find_review(review_id)
    if not access.holds(request.user, review):
        close_for(request, review)
    with telling(request):
        take_for_review(actor=actor_from_request(request), application_id=review.application_id, reviewer=request.user)
    return redirect("admin:verification_review_case", review_id)


@desk_page(may_review)
@require_POST
def release(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Give it back to the queue."""
    review = find_review(review_id)
    close_for(request, review)
    with telling(request):
        release_review(actor=actor_from_request(request), application_id=review.application_id, reviewer=request.user)
        messages.success(request, RELEASED)
        return redirect("admin:verification_review_changelist")
    return redirect("admin:verification_review_case", review_id)


@desk_page(may_review)
@require_POST
def open_data(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Unmask for a stated purpose, or mask again where none is given with `close`."""
    review = find_review(review_id)
    code = request.POST.get("purpose", "")
    if "close" in request.POST:
        close_for(request, review)
    elif not access.holds(request.user, review):
        messages.error(request, TAKE_FIRST)
    elif code not in Purpose.values:
        messages.error(request, PURPOSE_MISSING)
    else:
        open_for(request, review, Purpose(code))
    return redirect("admin:verification_review_case", review_id)
