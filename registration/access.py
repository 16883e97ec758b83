"""Who may do what in this stage. Applicants act on the application of their own session only."""

from uuid import UUID

from realname.access.actor import Actor
from registration.models import Application


def may_act_on(actor: Actor, application: Application) -> bool:
    """The applicant themselves, or the system."""
    return actor.kind == "system" or (actor.kind == "person" and actor.id == str(application.person_id))


def own_application(person_id: UUID | str, application_id: UUID | str) -> Application | None:
    """The application if it is this person's, else nothing: other people's things do not exist."""
    return Application.objects.filter(pk=application_id, person_id=person_id).first()
