"""A line of an organisation shall have another actual user, who proves phone and identity like anybody; until then nothing changes."""

from uuid import UUID

from realname.access.actor import Actor
from realname.trail import record
from realname.vault.erase import is_erased
from registration.errors import OrganisationRefused
from registration.locks import lock_line
from registration.models import Application, Line, Organisation
from registration.numbers import reservation_of
from registration.services.organisation.name_organisation import name_locked, told_of
from registration.states import LineStatus, NumberWay


def replace_user(*, actor: Actor, organisation_id: UUID, line_id: UUID, reference: str, last_six: str) -> Application:
    """The application of who is to be the user gets the line's number; its user until then goes with the activation, not before.

    Done twice it is the same. Raises OrganisationRefused as name_organisation does, and for a line that is none of it or has ended,
    that is promised to another application on its way, or whose user the person is already.
    """

    def promise(organisation: Organisation, application: Application) -> None:
        line = _line_of(organisation, line_id, application)
        name_locked(actor, organisation, application)
        if application.takes_over_id == line.pk:
            return
        application.takes_over, application.number_way, application.chosen_number = line, NumberWay.NEW, None
        application.save(update_fields=["takes_over", "number_way", "chosen_number"])
        record("organisation.user_proposed", actor=actor, subject=application, person_id=application.person_id, related=line)

    return told_of(actor, organisation_id, reference, last_six, then=promise)


def _line_of(organisation: Organisation, line_id: UUID, application: Application) -> Line:
    if not organisation.lines.filter(pk=line_id).exists():
        raise OrganisationRefused("organisation_line")
    line = lock_line(line_id)
    if line.status not in LineStatus.held() or is_erased(line.person_id):
        raise OrganisationRefused("organisation_line")
    if line.person.id_number_index == application.id_number_index:
        raise OrganisationRefused("organisation_same_user")
    if reservation_of(application) is not None:
        raise OrganisationRefused("organisation_number_chosen")
    if Application.objects.open().filter(takes_over=line).exclude(pk=application.pk).exists():
        raise OrganisationRefused("organisation_line_promised")
    return line
