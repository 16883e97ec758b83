"""A fact is asked for: at the sources in the order of the policy, with failover, hedging, second opinions, and fresh answers reused.

`SourceUnavailable` leaves here only where nobody answered: the check then waits (P-VER-6).
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from realname import policy
from realname.outside import SourceRefused, SourceUnavailable
from realname.outside.errors import SourceError
from verification.models import Inquiry
from verification.services.bar_question import bar_question
from verification.services.put_question import Asking, note_answer, reserve, sending
from verification.sources.base import Source, SourceAnswer
from verification.sources.order import sources_for
from verification.sources.outcomes import ASK_ANOTHER, FailureClass, Outcome, failure_class
from verification.sources.policy import ANSWERS_NEEDED, FRESH_HOURS, HEDGE_AFTER, SECOND_OPINION

# Of two that were asked at once the later one is given this much more: its answer may contradict.
GRACE_SECONDS = 0.3


@dataclass
class Finding:
    """What came out of asking: `outcome` of all together, the answers it rests on in the order of asking, who gave none and why.

    `reused` names the sources that were not asked since their answer to the same question still holds.
    """

    outcome: Outcome
    answers: list[SourceAnswer] = field(default_factory=list)
    errors: list[SourceError] = field(default_factory=list)
    reused: tuple[str, ...] = ()

    @property
    def first(self) -> SourceAnswer | None:
        """The answer that the outcome is read from."""
        return next((answer for answer in self.answers if answer.outcome == self.outcome), self.answers[0] if self.answers else None)


def ask_sources(asking: Asking) -> Finding:
    """Ask. Raises SourceUnavailable where nobody answers now, SourceRefused where none that could be reached takes the question."""
    if barred := bar_question(asking):
        return Finding(barred)
    sources = sources_for(asking.question.fact)
    if not sources:
        raise ImproperlyConfigured(f"Nobody can be asked for {asking.question.fact} (realname/settings/outside.py).")
    held = _fresh(asking)
    answers, errors = _gather(asking, sources, held)
    return _found(answers, errors, reused=tuple(answer.source for answer in answers if answer.source in held))


def _fresh(asking: Asking) -> dict[str, SourceAnswer]:
    """Answers to the same question, asked by another check, that still hold, by source."""
    same = Inquiry.objects.fresh(hours=policy.value(FRESH_HOURS)).filter(question_index=asking.index())
    return {inquiry.source: inquiry.answer() for inquiry in same.exclude(request_key=asking.request_key).order_by("answered_at")}


def _gather(asking: Asking, sources: list[Source], held: dict[str, SourceAnswer]) -> tuple[list[SourceAnswer], list[SourceError]]:
    """Ask one after the other, or a slow one's successor beside it, until there are answers enough."""
    answers: list[SourceAnswer] = []
    errors: list[SourceError] = []
    left = list(sources)
    while left and not _enough(answers, left=len(left)):
        fresh = held.get(left[0].name)
        for came in [fresh] if fresh and left.pop(0) else _ask(asking, left):
            (errors if isinstance(came, SourceError) else answers).append(came)
    return answers, errors


def _ask(asking: Asking, left: list[Source]) -> Iterable[SourceAnswer | SourceError]:
    """Ask the first of those left, which it takes off; where it is slow and the policy says so, the next one too."""
    inquiry, source, error = _take(asking, left)
    if inquiry is None:
        return [error]
    if inquiry.answered_at:
        return [inquiry.answer()]
    hedge = policy.value(HEDGE_AFTER)
    if not hedge or not left:
        return [_settled(inquiry, sending(asking, source))]
    return _hedged(asking, inquiry, source, left, hedge / 1000)


def _hedged(asking: Asking, inquiry: Inquiry, source: Source, left: list[Source], seconds: float) -> Iterator[SourceAnswer | SourceError]:
    pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="hedge")
    running: dict[Future, Inquiry] = {pool.submit(sending(asking, source)): inquiry}
    try:
        done, _ = wait(running, timeout=seconds)
        if not done:
            second, other, error = _take(asking, left)
            if second is None:
                yield error
            elif second.answered_at:
                yield second.answer()
            else:
                running[pool.submit(sending(asking, other))] = second
        done, late = wait(running, return_when=FIRST_COMPLETED)
        if late:
            done, late = wait(running, timeout=GRACE_SECONDS)
        for future in done:
            yield _settled(running[future], future.result)
        for future in late:
            _note_when_it_comes(future, running[future])
    finally:
        pool.shutdown(wait=False)


def _take(asking: Asking, left: list[Source]) -> tuple[Inquiry | None, Source, SourceError | None]:
    source = left.pop(0)
    try:
        return reserve(asking, source), source, None
    except SourceUnavailable as error:
        return None, source, error


def _settled(inquiry: Inquiry, send) -> SourceAnswer | SourceError:
    try:
        answer = send()
    except SourceError as error:
        return error
    note_answer(inquiry, answer)
    return answer


def _note_when_it_comes(future: Future, inquiry: Inquiry) -> None:
    """It was paid for: kept for the next question, though this one does not wait for it."""

    def note(done: Future) -> None:
        try:
            if not done.exception():
                note_answer(inquiry, done.result())
        finally:
            connection.close()

    future.add_done_callback(note)


def _enough(answers: list[SourceAnswer], *, left: int) -> bool:
    """May it be judged by these? An adverse answer wants a second opinion where one can be had (P-VER-2)."""
    decisive = _decisive(answers)
    if not decisive:
        return False
    adverse = any(failure_class(answer.outcome) == FailureClass.MISMATCH for answer in decisive)
    needed = 2 if adverse and policy.value(SECOND_OPINION) else policy.value(ANSWERS_NEEDED)
    return len(decisive) >= needed or not left


def _decisive(answers: list[SourceAnswer]) -> list[SourceAnswer]:
    return [answer for answer in answers if answer.outcome not in ASK_ANOTHER]


def _found(answers: list[SourceAnswer], errors: list[SourceError], *, reused: tuple[str, ...]) -> Finding:
    if _decisive(answers):
        return Finding(_together(answers), answers, errors, reused)
    waiting = [error for error in errors if isinstance(error, SourceUnavailable)]
    if pending := next((answer for answer in answers if answer.outcome == Outcome.PENDING_REVIEW), None):
        waiting.append(SourceUnavailable(pending.source, "pending"))
    if waiting:
        raise waiting[0]
    if answers:
        return Finding(answers[0].outcome, answers, errors, reused)
    raise next(error for error in errors if isinstance(error, SourceRefused))


def _together(answers: list[SourceAnswer]) -> Outcome:
    """One says yes and another no: a result of its own. Else what the first in order says."""
    decisive = _decisive(answers)
    matches = {answer.outcome == Outcome.MATCH for answer in decisive}
    against = any(failure_class(answer.outcome) == FailureClass.MISMATCH for answer in decisive)
    if len(matches) == 2 and against:
        return Outcome.SOURCE_CONFLICT
    return decisive[0].outcome
