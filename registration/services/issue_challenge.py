"""The server asks a person to do something that nobody could have recorded before."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from registration.access import require_own
from registration.errors import ApplicationClosed, ChallengeRefused
from registration.locks import lock_application
from registration.models import Application, Challenge
from registration.policy import CHALLENGE_LIFE, CHALLENGES_PER_ROUND, DIGITS_LIFE
from registration.states import ChallengeKind, ChallengeStep

DIGITS = 6
# two or three steps; the eyes may be asked for beside others, never alone: glasses hide them
_COUNTS = (2, 3)
# ms: the first step comes when the person has found their face in the picture, each stays as long as a slow person needs
_FIRST, _EACH = (1200, 2000), (2600, 3400)

_random = secrets.SystemRandom()


@transaction.atomic
def issue_challenge(*, actor: Actor, application_id: UUID, kind: ChallengeKind, session: str) -> Challenge:
    """Ask anew; what was asked before is void. `session` is the browser session's key.

    Raises ApplicationClosed, ChallengeRefused (too many), Application.DoesNotExist (not theirs).
    """
    application = lock_application(application_id)
    require_own(actor, application)
    if not application.editable:
        raise ApplicationClosed
    if kind == ChallengeKind.MOVEMENTS and _asked(application) >= policy.value(CHALLENGES_PER_ROUND):
        raise ChallengeRefused("challenges_too_many")
    now = timezone.now()
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


def session_digest(session: str) -> str:
    """What stands for a browser session in the database: its key would open it."""
    return hashlib.sha256(session.encode()).hexdigest()


def _asked(application: Application) -> int:
    asked = application.challenges.filter(kind=ChallengeKind.MOVEMENTS)
    return (asked.filter(issued_at__gt=application.submitted_at) if application.submitted_at else asked).count()


def _movements() -> dict[str, list]:
    """Different steps in random order, and when each is shown."""
    steps = _random.sample(list(ChallengeStep), _random.choice(_COUNTS))
    schedule = [_random.randint(*_FIRST)]
    for _step in steps:
        schedule.append(schedule[-1] + _random.randint(*_EACH))
    return {"steps": [str(step) for step in steps], "schedule": schedule}


def _digits() -> str:
    return "".join(_random.choices("0123456789", k=DIGITS))
