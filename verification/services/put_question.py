"""One question to one source: noted and charged before it leaves, once for each key; its answer is noted when it comes."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM
from realname.outside import SourceUnavailable
from realname.outside.clients import breaker_for, places_at
from realname.trail import record
from realname.trail.subject import SubjectRef
from realname.vault.blind_index import blind_index
from registration.models import Application
from verification.models import Inquiry
from verification.sources import budget
from verification.sources.base import Question, Source, SourceAnswer
from verification.sources.outcomes import Outcome
from verification.sources.policy import RULES

# A place at a source is held by a killed worker for at most this many seconds: longer than any question (Rules.seconds).
PLACE_SECONDS = 30.0


@dataclass(frozen=True)
class Asking:
    """On whose behalf a question is asked: an application's check, by its id."""

    application: Application
    question: Question
    check_id: UUID

    @property
    def request_key(self) -> str:
        """The same for a check that is run again, so that it asks the same question; another for another question."""
        return f"{self.check_id.hex}-{self.index()[:16]}"

    def index(self) -> str:
        """The blind index of all that is asked: equal for the same question about the same person."""
        question = self.question
        asked = [question.fact, question.id_number, question.name, question.phone, str(question.simple), str(bool(question.portrait))]
        return blind_index("source_question", "\0".join(asked))

    @property
    def subject(self) -> str:
        """The blind index of the person asked about, whatever the question."""
        return blind_index("source_subject", self.question.id_number)


def reserve(asking: Asking, source: Source) -> Inquiry:
    """The inquiry of this question at this source: the one there is, or a new one, charged.

    Raises SourceUnavailable (breaker_open, budget): nothing was asked, and nothing charged.
    """
    key = {"source": source.name, "request_key": asking.request_key}
    if known := Inquiry.objects.filter(**key).first():
        return known
    if breaker_for(source.name).state() == "open":
        raise SourceUnavailable(source.name, "breaker_open")
    cents = policy.value(RULES[source.name].cents)
    with transaction.atomic():
        budget.charge(source.name, cents=cents)
        inquiry, _ = Inquiry.objects.get_or_create(
            **key,
            defaults={
                "person_id": asking.application.person_id,
                "application": asking.application,
                "fact": asking.question.fact,
                "question_index": asking.index(),
                "subject_index": asking.subject,
                "cents": cents,
            },
        )
    return inquiry


def sending(asking: Asking, source: Source) -> Callable[[], SourceAnswer]:
    """The act of asking, without the database: it may run in a thread. Raises what Source.ask raises, and SourceUnavailable(crowded)."""
    places = places_at(source.name, limit=policy.value(RULES[source.name].at_once), seconds=PLACE_SECONDS)

    def send() -> SourceAnswer:
        with places.one():
            return source.ask(asking.question, asking.request_key)

    return send


def note_answer(inquiry: Inquiry, answer: SourceAnswer) -> None:
    """Keep the answer and tell of the disclosure, once (P-ALL-4). An answer that is none yet leaves the inquiry open."""
    final = answer.outcome != Outcome.PENDING_REVIEW
    facts = {
        "outcome": answer.outcome,
        "lines": answer.lines,
        "portrait": answer.portrait,
        "reference": answer.reference,
        "digest": answer.digest,
        "milliseconds": answer.milliseconds,
        "attempts": answer.attempts,
        "answered_at": timezone.now() if final else None,
    }
    with transaction.atomic():
        if not Inquiry.objects.filter(pk=inquiry.pk, answered_at__isnull=True).update(**facts) or not final:
            return
        record(
            "source.answered",
            actor=SYSTEM,
            subject=SubjectRef("source", answer.source),
            person_id=inquiry.person_id,
            related=inquiry.application,
            reason=str(answer.outcome),
            purpose="verify_application",
            data={"fact": inquiry.fact, "cents": inquiry.cents, "milliseconds": answer.milliseconds, "attempts": answer.attempts},
        )
