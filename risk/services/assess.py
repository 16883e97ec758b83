"""Grade an application by the rules."""

from django.db import transaction
from django.utils import timezone

from realname import policy as policies
from realname.access.actor import SYSTEM
from realname.trail import record
from registration.models import Application
from risk.levels import level_of
from risk.models import Score
from risk.rules import RULES
from risk.rules.base import Context


@transaction.atomic
def assess(*, application: Application, checks: dict[str, tuple[str, str]]) -> Score:
    """Grade the current round once (P-VER-3); `checks` maps a kind to (status, reason code).

    Call under the application's lock. Asked again it answers the same grade: what a decision
    rested on does not change afterwards.
    """
    if existing := Score.objects.filter(application=application, round=application.round).first():
        return existing
    context = Context(application=application, checks=checks, now=timezone.now(), policy=policies.current())
    hits = _weigh_all(context)
    points = sum(hit["points"] for hit in hits)
    score = Score.objects.create(
        person_id=application.person_id,
        application=application,
        round=application.round,
        level=level_of(points, context.policy),
        points=points,
        reasons=[hit["code"] for hit in hits],
        hits=hits,
        policy_version=context.policy.number,
        graded_at=context.now,
    )
    record(
        "application.graded",
        actor=SYSTEM,
        subject=application,
        person_id=application.person_id,
        related=score,
        reason=score.reasons[0] if score.reasons else "",
        data={"level": score.level, "points": points, "hits": hits, "policy": score.policy_version, "round": score.round},
    )
    return score


def _weigh_all(context: Context) -> list[dict]:
    """What fired, heaviest first. A rule with no points is switched off and not asked."""
    hits = []
    for rule in RULES:
        points = context.policy.value(rule.points)
        if points and (hit := rule.weigh(context)):
            hits.append({"code": rule.code, "points": points, "count": hit.count, "threshold": hit.threshold})
    return sorted(hits, key=lambda hit: -hit["points"])
