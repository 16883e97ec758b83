"""What is said of an organisation and its agent: in which form, and what was true when."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from realname import policy
from realname.ids import names
from realname.ids.errors import InvalidInput
from registration import documents
from registration.errors import DetailInvalid, DocumentUnknown, OrganisationRefused
from registration.models import Organisation, OrganisationCorrection
from registration.policy import ORGANISATION_LINE_LIMIT
from registration.states import CorrectionStatus, OrganisationImageKind

LONGEST_NAME = 120
LONGEST_ADDRESS = 200
AGENT = ("agent_document_type", "agent_name", "agent_id_number")
FACTS = ("name", "address", "legal_representative", "line_limit", *AGENT)
_Kind = OrganisationImageKind
# what has to be photographed anew where a fact is another; the agent's own document comes to it by its type
PROOF = {
    "name": (_Kind.LICENCE,),
    "address": (_Kind.LICENCE,),
    "legal_representative": (_Kind.LICENCE,),
    "line_limit": (_Kind.LETTER,),
    **dict.fromkeys(AGENT, (_Kind.LETTER,)),
}


def facts_of(organisation: Organisation) -> dict[str, Any]:
    """As they stand now. Raises KeyErased once it has ended."""
    return {name: getattr(organisation, name) for name in FACTS}


def facts_at(organisation: Organisation, moment: datetime) -> dict[str, Any]:
    """As they stood at a moment, such as that of a line's activation: what was true until the first correction after it."""
    later = organisation.corrections.filter(status=CorrectionStatus.ACCEPTED, judged_at__gt=moment).order_by("judged_at").first()
    return read(later.before) if later else facts_of(organisation)


def read(text: str) -> dict[str, Any]:
    """Facts as a correction keeps them."""
    return json.loads(text)


def written(facts: dict[str, Any]) -> str:
    """Facts as a correction keeps them."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def with_proposal(correction: OrganisationCorrection) -> Organisation:
    """The organisation as it would be, not saved."""
    would_be = Organisation.objects.get(pk=correction.organisation_id)
    for name, value in read(correction.proposed).items():
        setattr(would_be, name, value)
    return would_be


def in_form(facts: dict[str, Any]) -> dict[str, Any]:
    """All facts in the form they are kept in.

    Raises OrganisationRefused (organisation_name, organisation_address, organisation_own_limit), DocumentUnknown, DetailInvalid (names
    of people, agent's number).
    """
    try:
        document = documents.document_type(facts["agent_document_type"])
    except KeyError:
        raise DocumentUnknown from None
    limit = facts["line_limit"]
    if limit is not None and not 1 <= limit <= ORGANISATION_LINE_LIMIT.maximum:
        raise OrganisationRefused("organisation_own_limit")
    return {
        "name": _printed(facts["name"], LONGEST_NAME, "organisation_name"),
        "address": _printed(facts["address"], LONGEST_ADDRESS, "organisation_address"),
        "legal_representative": held_to("legal_representative", names.normalise, facts),
        "line_limit": limit,
        "agent_document_type": document.code,
        "agent_name": held_to("agent_name", document.normalise["name"], facts),
        "agent_id_number": held_to("agent_id_number", lambda text: document.number.parse(text).text, facts),
    }


def held_to(field: str, rule: Callable[[str], str], facts: dict[str, Any]) -> str:
    """The fact in the form of its rule. Raises DetailInvalid, naming the field."""
    try:
        return rule(facts[field])
    except InvalidInput as invalid:
        raise DetailInvalid(field, invalid) from None


def line_limit_of(organisation: Organisation) -> int:
    """How many lines it may hold: its own number, else the policy's."""
    return organisation.line_limit or policy.value(ORGANISATION_LINE_LIMIT)


def _printed(text: str, longest: int, code: str) -> str:
    text = " ".join(text.split())
    if not text or len(text) > longest or not text.isprintable():
        raise OrganisationRefused(code)
    return text
