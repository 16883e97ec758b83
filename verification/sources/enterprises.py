"""The register of enterprises, over HTTP: does this name belong to this credit code, and this legal representative?"""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from realname import policy
from realname.outside import Limits, SourceAnswerInvalid, SourceUnavailable
from realname.outside.clients import client_for
from verification.sources.policy import ENTERPRISES_SECONDS
from verification.sources.signed import MAX_REFERENCE

NAME = "enterprise_registry"
PATH = "/enterprises/v1/organisations"


class EnterpriseOutcome(models.TextChoices):
    """What the register can answer of an organisation. Each is for a reviewer to weigh: none decides by itself."""

    MATCH = "MATCH", _("It agrees, and the organisation is in being")
    MISMATCH_NAME = "MISMATCH_NAME", _("The code belongs to another name")
    MISMATCH_REPRESENTATIVE = "MISMATCH_REPRESENTATIVE", _("Another is the legal representative")
    MISMATCH_BOTH = "MISMATCH_BOTH", _("Neither name nor legal representative agrees")
    NO_RECORD = "NO_RECORD", _("It knows no organisation with this code")
    ENDED = "ENDED", _("The organisation has ended, or its licence was withdrawn")


# said in words instead of an answer: the same as not answering
_NOT_ANSWERED = {"SOURCE_BUSY": "busy", "SOURCE_DOWN": "status_5xx", "QUOTA_PARTNER": "quota"}


@dataclass(frozen=True, slots=True)
class EnterpriseQuestion:
    """One question about one organisation: sent, and never kept."""

    name: str
    credit_code: str
    legal_representative: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class EnterpriseAnswer:
    """The answer, with SHA-256 of its bytes in hex and the time from asking to believing in milliseconds."""

    outcome: EnterpriseOutcome
    reference: str
    digest: str
    milliseconds: int


def is_configured() -> bool:
    """Has the register an address here?"""
    return bool(settings.ENTERPRISES_URL)


def ask_register(question: EnterpriseQuestion, request_key: str) -> EnterpriseAnswer:
    """Ask. The same `request_key` is the same question, and charged once.

    Raises SourceUnavailable (ask later), SourceAnswerInvalid (the same) or SourceRefused (ours to repair).
    """
    limits = Limits(total=float(policy.value(ENTERPRISES_SECONDS)))
    client = client_for(NAME, url=settings.ENTERPRISES_URL, key=settings.ENTERPRISES_KEY, limits=limits)
    answer = client.post(
        PATH,
        {
            "name": question.name,
            "credit_code": question.credit_code,
            "legal_representative": question.legal_representative,
            "request_key": request_key,
        },
    )
    said = answer.outcome.get("outcome")
    if said in _NOT_ANSWERED:
        raise SourceUnavailable(NAME, _NOT_ANSWERED[said])
    if said not in EnterpriseOutcome.values:
        raise SourceAnswerInvalid(NAME, "outcome_unknown")
    reference = str(answer.outcome.get("request_id", ""))[:MAX_REFERENCE]
    return EnterpriseAnswer(EnterpriseOutcome(said), reference, answer.digest, answer.milliseconds)
