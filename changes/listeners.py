"""What this stage hears from the floors below."""

from uuid import UUID

from changes.services.forget_person import forget_person
from realname.trail import listens_to
from realname.trail.models import Event


@listens_to("person.erased", name="changes.forget_person")
def person_erased(event: Event) -> None:
    """The person's keys are gone: nothing of theirs goes on."""
    forget_person(person_id=UUID(event.subject_id))
