"""How an organisation's status is coloured."""

from registration.models import Organisation
from registration.states import LineStatus, OrganisationStatus

_TONES = {
    OrganisationStatus.PENDING: "info",
    OrganisationStatus.APPROVED: "good",
    OrganisationStatus.REJECTED: "bad",
    OrganisationStatus.SUSPENDED: "warn",
}
LINE_TONES = {LineStatus.ACTIVE: "good", LineStatus.RESTRICTED: "warn", LineStatus.SUSPENDED: "bad"}


def tone(organisation: Organisation) -> str:
    """Of its badge."""
    return _TONES.get(OrganisationStatus(organisation.status), "neutral")
