"""The server asks a person to do something that nobody could have recorded before."""

import secrets
from datetime import datetime, timedelta
from itertools import permutations
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from registration.access import require_open, require_own
from registration.errors import ChallengeRefused
from registration.locks import lock_application
from registration.models import Application, Challenge
from registration.models.challenge import session_digest
from registration.policy import CHALLENGE_LIFE, CHALLENGES_PER_ROUND, DIGITS_LIFE
from registration.states import ChallengeKind, ChallengeStep

DIGITS = 6
# Two or three different steps, each order as likely as any other: a film made for one of them fits one time in 80. The eyes may be
# asked for beside others, never alone: glasses hide them.
ORDERS = [order for count in (2, 3) for order in permutations(ChallengeStep, count)]
# ms: the first step comes when the person has found their face in the picture, each stays as long as a slow person needs
_FIRST, _EACH = (1200, 2000), (2600, 3400)

_random = secrets.SystemRandom()


@transaction.atomic
def issue_challenge(*, actor: Actor, application_id: UUID, kind: ChallengeKind, session: str) -> Challenge:
    """Ask for something; what was asked before is void. `session` is the browser session's key.

    Movements that this browser was asked for a moment ago and has not answered are asked for again as they were: a page that is
    opened anew costs nobody a try, and nobody draws until the movements come that a film was made of.
    Raises ApplicationClosed, ChallengeRefused (too many), Application.DoesNotExist (not theirs).
    """
    application = lock_application(application_id)
    require_own(actor, application)
    require_open(application)
    now = timezone.now()
    if kind == ChallengeKind.MOVEMENTS:
        if standing := _asked_just_now(application, session, now):
            return standing
        if _asked(application) >= policy.value(CHALLENGES_PER_ROUND):
            raise ChallengeRefused("challenges_too_many")
    application.challenges.live().filter(kind=kind).update(superseded_at=now)
    life = policy.value(CHALLENGE_LIFE if kind == ChallengeKind.MOVEMENTS else DIGITS_LIFE)
    challenge = Challenge.objects.create(
        person_id=application.person_id,
        application=application,
        kind=kind,
        session=session_digest(session),
        issued_at=now,
        expires_at=now + timedelta(seconds=life),
        **(_movements() if kind == ChallengeKind.MOVEMENTS else {"digits": _digits()}),
    )
    record(
        "challenge.issued",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        data={"challenge": str(challenge.pk), "kind": kind},
    )
    return challenge


def _asked_just_now(application: Application, session: str, now: datetime) -> Challenge | None:
    """The movements this browser may still answer, where at least half of their time is left to do so."""
    standing = application.challenges.open_in(session, ChallengeKind.MOVEMENTS).first()
    return standing if standing and standing.expires_at - now >= (standing.expires_at - standing.issued_at) / 2 else None


def _asked(application: Application) -> int:
    asked = application.challenges.filter(kind=ChallengeKind.MOVEMENTS)
    return (asked.filter(issued_at__gt=application.submitted_at) if application.submitted_at else asked).count()


def _movements() -> dict[str, list]:
    """Different steps in random order, and when each is shown."""
    steps = _random.choice(ORDERS)
    schedule = [_random.randint(*_FIRST)]
    for _step in steps:
        schedule.append(schedule[-1] + _random.randint(*_EACH))
    return {"steps": [str(step) for step in steps], "schedule": schedule}


def _digits() -> str:
    return "".join(_random.choices("0123456789", k=DIGITS))
