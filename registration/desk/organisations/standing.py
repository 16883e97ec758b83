"""How an organisation's status is coloured."""

from registration.models import Organisation
from registration.states import OrganisationStatus

_TONES = {
    OrganisationStatus.PENDING: "info",
    OrganisationStatus.APPROVED: "good",
    OrganisationStatus.REJECTED: "bad",
    OrganisationStatus.SUSPENDED: "warn",
}


def tone(organisation: Organisation) -> str:
    """Of its badge."""
    return _TONES.get(OrganisationStatus(organisation.status), "neutral")
