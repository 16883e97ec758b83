"""A person asks for a one-time code to prove the number of their application, or their own where they act for somebody."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from realname.access.actor import Actor
from realname.ids import phone as phones
from registration.access import require_open, require_own
from registration.errors import CodeRefused
from registration.locks import lock_application
from registration.models import PhoneCode
from registration.selectors import PURPOSE_OF
from registration.services.issue_code import issue_code
from registration.states import Party


@transaction.atomic
def request_phone_code(*, actor: Actor, application_id: UUID, phone: str, party: Party = Party.PRINCIPAL) -> PhoneCode:
    """Make a code for `phone`, the number of this party, and hand it to the queue.

    Whether the number is registered already is said to who proves it, to nobody else.
    Raises ids.InvalidPhone, CodeRefused (too soon, too many, locked; the number of who acts is the application's), ApplicationClosed.
    """
    number = phones.parse(phone).number
    application = lock_application(application_id)
    require_own(actor, application)
    require_open(application)
    if party == Party.REPRESENTATIVE and number == application.phone:
        # it is proven already: where it may be theirs too, they say so (share_phone)
        raise CodeRefused("phone_of_application")
    return issue_code(
        actor=actor,
        purpose=PURPOSE_OF[party],
        person_id=application.party(party).vault_person_id(),
        number=number,
        language=application.language,
        application=application,
        # of this application only: a stranger who asks for a code to the same number must not void this person's
        replaces=Q(application=application),
    )
