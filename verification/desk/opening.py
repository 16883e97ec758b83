"""Opening the full data of a case: for who holds the claim, for a stated purpose, each look an event (P-ALL-1, P-ALL-4)."""

from uuid import UUID

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from realname.access.guards import has_role, visible
from verification import access
from verification.models import Review

SESSION_KEY = "desk_opened"
may_review = has_role(*access.REVIEWERS)


class Purpose(models.TextChoices):
    """Why a reviewer needs to see a person's data unmasked."""

    JUDGE = "judge_application", _("To judge this application")
    SECOND_LOOK = "second_look", _("To give a second judgement on it")
    HUMAN_DECISION = "human_decision", _("To answer a demand for a human decision")


def find_review(review_id: UUID) -> Review:
    """The review with its application and people. Raises Http404, also where the person's data are frozen (R-28)."""
    readable = Review.objects.filter(person__frozen_at=None).select_related("application", "reviewer", "first_approver")
    return visible(readable.filter(pk=review_id).first())


def open_for(request: HttpRequest, review: Review, purpose: Purpose) -> None:
    """Remember the purpose for as long as this claim is held."""
    request.session[SESSION_KEY] = {**request.session.get(SESSION_KEY, {}), str(review.pk): str(purpose)}


def close_for(request: HttpRequest, review: Review) -> None:
    """Masked again."""
    opened = dict(request.session.get(SESSION_KEY, {}))
    if opened.pop(str(review.pk), None):
        request.session[SESSION_KEY] = opened


def purpose_of(request: HttpRequest, review: Review) -> Purpose | None:
    """The stated purpose, while the claim is held; nothing: all stays masked."""
    if not access.holds(request.user, review):
        return None
    code = request.session.get(SESSION_KEY, {}).get(str(review.pk))
    return Purpose(code) if code in Purpose.values else None
