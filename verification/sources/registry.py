"""The population registry, over HTTP."""

from django.conf import settings
from django.utils import timezone

from realname.outside import SourceAnswerInvalid, SourceUnavailable
from realname.outside.clients import client_for
from verification.sources.base import SourceAnswer
from verification.sources.outcomes import Outcome

PATH = "/authority/v1/identity"
# The source says in words that it can't answer: the same as not answering.
NOT_ANSWERED = {Outcome.SOURCE_BUSY: "busy", Outcome.SOURCE_DOWN: "status_5xx"}
MAX_REFERENCE = 64


class PopulationRegistry:
    """Asks the authority at `settings.AUTHORITY_URL`."""

    name = "population_registry"

    def check_identity(self, name: str, id_number: str, request_key: str) -> SourceAnswer:
        """Whether the name belongs to the ID number; see IdentitySource."""
        client = client_for(self.name, url=settings.AUTHORITY_URL, key=settings.AUTHORITY_KEY)
        asked_at = timezone.now()
        answer = client.post(PATH, {"name": name, "id_number": id_number, "request_key": request_key})
        return SourceAnswer(
            outcome=self._outcome(answer.outcome),
            source=self.name,
            digest=answer.digest,
            milliseconds=answer.milliseconds,
            asked_at=asked_at,
            reference=str(answer.outcome.get("request_id", ""))[:MAX_REFERENCE],
            attempts=answer.attempts,
        )

    def _outcome(self, content: dict) -> Outcome:
        try:
            outcome = Outcome(content.get("outcome"))
        except ValueError:
            raise SourceAnswerInvalid(self.name, "outcome_unknown") from None
        if outcome in NOT_ANSWERED:
            raise SourceUnavailable(self.name, NOT_ANSWERED[outcome])
        return outcome
