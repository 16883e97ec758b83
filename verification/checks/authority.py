"""What the checks that ask authorities have in common: how an outcome of the taxonomy reads as a result."""

import hashlib

from verification.checks.base import Context, Result, failed, inconclusive, passed
from verification.services.ask_sources import Finding, ask_sources
from verification.services.put_question import Asking
from verification.sources.base import Question, SourceAnswer
from verification.sources.outcomes import FailureClass, Outcome, failure_class
from verification.states import CheckKind, CheckStatus

# An outcome is its own reason (verification/reasons.py), but for these.
REASON_OF = {Outcome.NO_RECORD: "AUTHORITY_NO_RECORD", Outcome.MISMATCH_UNSPECIFIED: "AUTHORITY_MISMATCH"}


def reason_of(outcome: Outcome) -> str:
    """The reason code of an outcome; nothing for a match."""
    return "" if outcome == Outcome.MATCH else REASON_OF.get(outcome, str(outcome))


def number_is_valid(context: Context) -> bool:
    """Each question costs money and is a disclosure: a number that is not one is not asked about."""
    return context.before[CheckKind.ID_NUMBER].status == CheckStatus.PASSED


def not_asked() -> Result:
    """The number is not valid, and nobody was asked."""
    return inconclusive("NUMBER_INVALID", findings=["not_asked"])


def ask(context: Context, question: Question) -> Finding:
    """Ask once per check: the check's id is the request key, so asking again is the same question."""
    return ask_sources(Asking(context.application, question, context.check.pk))


def result_of(finding: Finding, context: Context, question: Question) -> Result:
    """A mismatch fails; all else that is no match is a person's to judge or to mend, and never held against them (P-VER-6)."""
    facts = facts_of(finding, context, question)
    if finding.outcome == Outcome.MATCH:
        return passed(**facts)
    reason = reason_of(finding.outcome)
    return (failed if failure_class(finding.outcome) == FailureClass.MISMATCH else inconclusive)(reason, **facts)


def facts_of(finding: Finding, context: Context, question: Question) -> dict:
    """What is kept of it: which source answered what, how fresh, who gave no answer (P-VER-2, P-VER-7)."""
    asked = "\n".join([question.fact, question.name, question.id_number, question.phone]).encode()
    return {
        "engine": "+".join(answer.source for answer in finding.answers)[:64] or "rules",
        "engine_version": "v1" if finding.answers else "1",
        "findings": [str(finding.outcome), *(["reused"] if finding.reused else [])],
        "detail": {
            "outcome": str(finding.outcome),
            "answers": [_kept(answer, finding) for answer in finding.answers],
            "no_answer": [{"source": error.source, "reason": error.reason} for error in finding.errors],
        },
        "input_digest": hashlib.sha256(context.check.pk.bytes + asked).hexdigest(),
    }


def _kept(answer: SourceAnswer, finding: Finding) -> dict:
    return {
        "source": answer.source,
        "outcome": str(answer.outcome),
        "asked_at": answer.asked_at.isoformat(),
        "reused": answer.source in finding.reused,
        "reference": answer.reference,
        "digest": answer.digest,
        "milliseconds": answer.milliseconds,
        "lines": answer.lines,
        "portrait": answer.portrait,
    }
