"""The page of one case: evidence, fields, checks, risk, decisions and history, side by side. Masked until opened."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page
from realname.trail.models import Event
from realname.trail.registry import label_of
from realname.vault.prefetch import prefetch_keys
from registration.models import Challenge
from registration.selectors import current_captures
from registration.selectors import label_of as shows
from registration.services.store_capture import DOCUMENT_KINDS
from registration.states import CaptureKind, ChallengeStep, Party
from risk import reasons as risk_reasons
from risk.models import Score
from risk.states import RiskLevel
from verification import access, pipeline, reasons
from verification.approval import approval_of
from verification.checks.of_representative import checks_of
from verification.desk import facts
from verification.desk.opening import Purpose, find_review, may_review, purpose_of
from verification.desk.words import finding_in_words
from verification.errors import EvidenceNotOpened, VerificationError
from verification.models import Check, Decision, Review
from verification.selectors import checks_of_round
from verification.services.note_view import note_view
from verification.states import ReviewStatus

LEVEL_TONES = {RiskLevel.LOW: "good", RiskLevel.MEDIUM: "info", RiskLevel.HIGH: "warn", RiskLevel.CRITICAL: "bad"}
LONGEST_HISTORY = 100


@desk_page(access.may_see_queue)
def case(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Show the case; each showing of unmasked data is written down."""
    review = find_review(review_id)
    purpose = purpose_of(request, review)
    if purpose:
        note_view(actor=actor_from_request(request), review=review, purpose=str(purpose), what="fields")
    context = {**admin.site.each_context(request), **page_context(request, review, purpose)}
    return TemplateResponse(request, "verification/desk/case.html", context)


def page_context(request: HttpRequest, review: Review, purpose: Purpose | None) -> dict[str, Any]:
    """What the page and the pages of the judgements show of a case."""
    application, full = review.application, purpose is not None
    checks = checks_of_round(application)
    prefetch_keys([*map(application.party, application.parties), *checks.values()])
    return {
        "title": _("Application %(reference)s") % {"reference": application.reference},
        "review": review,
        "application": application,
        "name": facts.shown("name", facts.entered_text(application, "name"), full=full),
        "level_label": level_label(review.level),
        "level_tone": LEVEL_TONES.get(review.level, "neutral"),
        "reasons": reasons.for_staff(review.reasons),
        "overdue": review in Review.objects.filter(pk=review.pk).overdue(),
        "open": review.status != ReviewStatus.CLOSED,
        "held": access.holds(request.user, review),
        "may_take": may_review(request.user) and access.may_judge(request.user, review) and review.status != ReviewStatus.CLOSED,
        "purpose": purpose,
        "barriers": barriers(request, review, purpose),
        "purposes": Purpose.choices,
        "witnesses": application.witnesses.select_related("clerk", "shop"),
        "parties": parties(review, checks, full=full),
        "also": facts.also_entered(application, full=full),
        "recycled_on": facts.recycled_on(application),
        "checks": check_rows(checks),
        "score": score_of(review),
        "decisions": decisions_of(review),
        "history": history_of(review),
    }


def parties(review: Review, checks: dict[str, Check], *, full: bool) -> list[dict[str, Any]]:
    """The evidence of each party; labelled where there are two (R-03)."""
    application, both = review.application, bool(review.application.representation)
    shown = photos(review)
    return [
        {
            "party": str(party),
            "label": party.label if both else "",
            "acts_as": application.get_representation_display() if party == Party.REPRESENTATIVE else "",
            "photos": [photo for photo in shown if photo["party"] == party],
            "rows": facts.compare(application.party(party), checks_of(party, checks), full=full),
        }
        for party in application.parties
    ]


def barriers(request: HttpRequest, review: Review, purpose: Purpose | None) -> list[VerificationError]:
    """Why the holder is not offered to approve. While all is open its photographs load with this page: the next one tells which did not."""
    if not access.holds(request.user, review):
        return []
    found = approval_of(review, request.user).barriers()
    return [barrier for barrier in found if not (purpose and isinstance(barrier, EvidenceNotOpened))]


def level_label(level: str) -> str:
    """The level in words."""
    return str(RiskLevel(level).label) if level in RiskLevel.values else level


def photos(review: Review) -> list[dict[str, Any]]:
    """The captures in the order one compares them."""
    captures = current_captures(review.application)
    return [
        {
            "id": captures[kind].pk,
            "kind": str(kind),
            # the proof of the right to act, and whoever is before the camera, stand beside the document of who acts
            "party": kind.party if kind.place in DOCUMENT_KINDS else review.application.present,
            "label": shows(review.application, kind),
            "findings": list(map(finding_in_words, captures[kind].findings)),
            "video": captures[kind].file.media_type.startswith("video/"),
            "witness": captures[kind].witness,
            "taken_at": captures[kind].created_at,
            **_asked(captures[kind].challenge),
        }
        for kind in CaptureKind
        if kind in captures
    ]


def _asked(challenge: Challenge | None) -> dict[str, Any]:
    """What the recording answers: movements in their order, or digits to be heard in it."""
    if challenge is None:
        return {}
    return {"steps": [ChallengeStep(step).label for step in challenge.steps], "digits": challenge.digits}


def check_rows(checks: dict[str, Check]) -> list[dict[str, Any]]:
    """The checks in the order of the pipeline, each with its findings in words."""
    return [
        {
            "check": check,
            "findings": [finding_in_words(code) for code in check.findings],
            "reason": next(iter(reasons.for_staff([check.reason])), ""),
            "answers": facts.answers(check),
        }
        for kind in pipeline.RUNNERS
        if (check := checks.get(kind))
    ]


def score_of(review: Review) -> dict[str, Any] | None:
    """The risk grade of the round with its reasons in words."""
    score = Score.objects.filter(application=review.application_id, round=review.round).first()
    if score is None:
        return None
    return {"points": score.points, "level": score.get_level_display(), "reasons": [risk_reasons.text_for(code) for code in score.reasons]}


def decisions_of(review: Review) -> list[dict[str, Any]]:
    """All decisions on the application, oldest first."""
    found = Decision.objects.filter(application=review.application_id)
    return [{"decision": decision, "reasons": reasons.for_staff(decision.reasons)} for decision in found]


def history_of(review: Review) -> list[dict[str, Any]]:
    """The application's events, newest first; the same thing several times in a row by one actor is one line with a count."""
    kind, pk = "application", str(review.application_id)
    events = Event.objects.filter(Q(subject_kind=kind, subject_id=pk) | Q(related_kind=kind, related_id=pk)).order_by("-at", "-id")
    lines = []
    for (name, _actor), group in groupby(events.defer("before", "after")[:LONGEST_HISTORY], key=lambda event: (event.name, event.actor_id)):
        same = list(group)
        lines.append({"event": same[0], "label": label_of(name), "count": len(same)})
    return lines
