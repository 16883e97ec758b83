"""Who is asked for a fact, in which order: by policy, of those that have an address here."""

from realname import policy
from verification.sources.base import Fact, Source
from verification.sources.bureau import CreditBureau
from verification.sources.operators import OperatorExchange
from verification.sources.policy import ORDER
from verification.sources.registry import PopulationRegistry

SOURCES: dict[str, Source] = {source.name: source for source in (PopulationRegistry(), CreditBureau(), OperatorExchange())}


def sources_for(fact: Fact) -> list[Source]:
    """The sources to ask for a fact, the first first; none where the policy or the settings name none."""
    named = [SOURCES[name] for name in policy.value(ORDER[fact]).split(",") if name]
    return [source for source in named if fact in source.facts and source.is_configured()]
