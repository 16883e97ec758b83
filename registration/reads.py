"""Which events of the trail say that somebody looked at a person's data, and what their purposes mean; told by the floors above too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from realname.access.models import Role
from realname.trail.models import Event
from realname.trail.registry import label_of
from registration.account_selectors import ids_of
from registration.models import Person
from registration.parties_selectors import SHOWS_WHO_ACTS, acted_in

MOST = 200
_names: set[str] = set()
_purposes: dict[str, Promise] = {}
# what the plain actor kinds are called on the person's page; staff by their role, never by name
_ACTORS = {"person": _("You"), "partner": _("A partner"), "system": _("The system")}


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the person's data: by which role, why, when."""

    at: datetime
    what: str
    who: str
    purpose: str


def register_reads(*names: str, purposes: Mapping[str, Promise] | None = None) -> None:
    """Make events known as looks at personal data, and the words of their purposes."""
    _names.update(names)
    _purposes.update(purposes or {})


def looks_of(person: Person, *, most: int | None = MOST) -> list[Look]:
    """The newest looks at the data of this person (None: all), under every id the trail knows them by, and where they acted for others."""
    theirs = Q(person_id__in=ids_of(person))
    if acted := [str(pk) for pk in acted_in(person).values_list("pk", flat=True)]:
        theirs |= Q(subject_kind="application", subject_id__in=acted, data__what__in=SHOWS_WHO_ACTS)
    events = Event.objects.filter(theirs, name__in=_names).order_by("-at")[:most]
    return [Look(event.at, label_of(event.name), _who(event), str(_purposes.get(event.purpose, ""))) for event in events]


def _who(event: Event) -> str:
    if event.actor_kind == "staff":
        return str(Role(event.actor_role).label if event.actor_role in Role.values else _("Staff"))
    return str(_ACTORS.get(event.actor_kind, _("The system")))


register_reads(
    "line.number_shown",
    "rights.read",
    "export.taken",
    purposes={"own_lookup": _("To look up one's own number"), "answer_right": _("To answer a request about personal data")},
)
