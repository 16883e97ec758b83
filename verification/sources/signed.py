"""A source behind the signed wire of docs/outside.md."""

import base64

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise

from realname import policy
from realname.outside import Limits, SourceAnswerInvalid, SourceUnavailable
from realname.outside.clients import client_for
from verification.sources.base import Fact, Question, SourceAnswer
from verification.sources.outcomes import Outcome
from verification.sources.policy import RULES

# The source says in words that it can't answer: the same as not answering. The reasons are those of `outcomes.WAITING`.
NOT_ANSWERED = {Outcome.SOURCE_BUSY: "busy", Outcome.SOURCE_DOWN: "status_5xx", Outcome.QUOTA_PARTNER: "quota"}
PORTRAIT_ANSWERS = frozenset({"match", "no_match", "no_portrait"})
MAX_REFERENCE = 64
MAX_LINES = 10_000


class SignedSource:
    """Asks over HTTP at the address that a setting names. A subclass says which facts it knows, and where each is asked for."""

    name: str
    label: Promise
    paths: dict[Fact, str]
    # whether it may be shown a portrait: nobody else is, whatever the question carries
    takes_portrait = False
    # names of the settings
    url: str
    key: str

    @property
    def facts(self) -> frozenset[Fact]:
        """What it can be asked for."""
        return frozenset(self.paths)

    def is_configured(self) -> bool:
        """Has it an address here?"""
        return bool(getattr(settings, self.url))

    def ask(self, question: Question, request_key: str) -> SourceAnswer:
        """Ask for the question's fact; see Source."""
        limits = Limits(total=float(policy.value(RULES[self.name].seconds)))
        client = client_for(self.name, url=getattr(settings, self.url), key=getattr(settings, self.key), limits=limits)
        asked_at = timezone.now()
        answer = client.post(self.paths[question.fact], self._payload(question, request_key))
        return SourceAnswer(
            outcome=self._outcome(answer.outcome),
            source=self.name,
            digest=answer.digest,
            milliseconds=answer.milliseconds,
            asked_at=asked_at,
            reference=str(answer.outcome.get("request_id", ""))[:MAX_REFERENCE],
            attempts=answer.attempts,
            lines=self._lines(question, answer.outcome),
            portrait=self._portrait(question, answer.outcome),
        )

    def _payload(self, question: Question, request_key: str) -> dict:
        asked = {"id_number": question.id_number, "request_key": request_key, "mode": "simple" if question.simple else "detailed"}
        if question.fact != Fact.LINE_COUNT:
            asked["name"] = question.name
        if question.fact == Fact.PHONE:
            asked["phone"] = question.phone
        if question.portrait and self.takes_portrait:
            asked["portrait"] = base64.b64encode(question.portrait).decode()
        return asked

    def _outcome(self, content: dict) -> Outcome:
        try:
            outcome = Outcome(content.get("outcome"))
        except ValueError:
            raise SourceAnswerInvalid(self.name, "outcome_unknown") from None
        if outcome in NOT_ANSWERED:
            raise SourceUnavailable(self.name, NOT_ANSWERED[outcome])
        return outcome

    def _lines(self, question: Question, content: dict) -> int | None:
        if question.fact != Fact.LINE_COUNT or content.get("outcome") != Outcome.MATCH:
            return None
        lines = content.get("lines")
        if type(lines) is not int or not 0 <= lines <= MAX_LINES:
            raise SourceAnswerInvalid(self.name, "outcome_unknown")
        return lines

    def _portrait(self, question: Question, content: dict) -> str:
        if not (question.portrait and self.takes_portrait) or content.get("outcome") != Outcome.MATCH:
            return ""
        if (verdict := content.get("portrait")) not in PORTRAIT_ANSWERS:
            raise SourceAnswerInvalid(self.name, "outcome_unknown")
        return verdict
