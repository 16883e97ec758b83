"""May this person act for that one? A reviewer judges the proof of it, always (R-03, R-12)."""

from realname.queue import Queue
from registration.documents.validity import age_on
from registration.services.parties.count_acting import over_limit, people_acted_for
from registration.services.parties.rules import of_small_child, same_person
from registration.states import CaptureKind, Representation
from verification.checks.base import Context, Result, inconclusive
from verification.checks.field_consistency import same
from verification.states import CheckKind

# Years between parent and child that are likely: outside of them a guardian is no parent, which may well be so.
LIKELY_YEARS = range(16, 61)


class RightToAct:
    """What the two documents say of each other. It never passes by itself: no machine reads a birth certificate or a letter."""

    kind = CheckKind.REPRESENTATION
    queue = Queue.FAST
    after = ()

    def run(self, context: Context) -> Result:
        """Hand it to a reviewer, with what looks unlikely."""
        application, digest = context.application, context.capture(CaptureKind.RELATION).digest
        facts = {"engine": "person", "input_digest": digest}
        if application.representation == Representation.AGENT:
            facts |= {"score": float(people_acted_for(application))}
        return inconclusive("REPRESENTATION_TO_JUDGE", findings=_findings(context), **facts)


def _findings(context: Context) -> list[str]:
    application, representative = context.application, context.application.representative
    guardian = application.representation == Representation.GUARDIAN
    found = {
        "same_person": same_person(application),
        "small_child": of_small_child(application),
        "age_gap_unlikely": guardian and age_on(application.birth, representative.birth) not in LIKELY_YEARS,
        "addresses_differ": guardian and _differ(application.address, representative.address),
        "many_people": over_limit(application),
    }
    return [code for code, is_so in found.items() if is_so]


def _differ(one: str | None, other: str | None) -> bool:
    """Do both documents show an address, and not the same household?"""
    return bool(one and other) and not same("address", one, {"text": other})
