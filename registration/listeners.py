"""What this stage hears from the ground."""

from uuid import UUID

from realname.trail import listens_to
from realname.trail.models import Event
from registration.services.forget_indexes import forget_indexes
from registration.services.parties.forget_representatives import forget_representatives


@listens_to("person.erased", name="registration.forget_indexes")
def person_erased(event: Event) -> None:
    """Nothing by which an erased identity or number could be found again is kept."""
    forget_indexes(person_id=UUID(event.subject_id))
    forget_representatives(person_id=UUID(event.subject_id))
