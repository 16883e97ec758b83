"""The phone by which a person is reached."""

from changes import policy
from changes.states import ChangeKind
from realname.ids import phone as phones
from registration.models import Person


class ContactPhone:
    """A new contact phone: sensitive, since messages about everything else go there."""

    kind = ChangeKind.CONTACT_PHONE
    approvals = policy.CONTACT_PHONE_APPROVALS
    cooling_off = policy.CONTACT_PHONE_COOLING_OFF
    interval = policy.CONTACT_PHONE_INTERVAL

    def clean(self, text: str) -> str:
        """Eleven digits. Raises InvalidPhone."""
        return phones.parse(text).number

    def current(self, person: Person) -> str | None:
        """The number on record."""
        return person.contact_phone

    def apply(self, person: Person, value: str) -> None:
        """Write it."""
        person.contact_phone = value
        person.save(update_fields=["contact_phone", "contact_phone_index"])

    def number_to_prove(self, value: str) -> str:
        """The new number itself."""
        return value

    def number_to_tell(self, person: Person) -> str | None:
        """The old number."""
        return person.contact_phone
