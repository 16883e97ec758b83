"""A person asks for a one-time code to prove the number of their application."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from realname.access.actor import Actor
from realname.ids import phone as phones
from registration.access import require_open, require_own
from registration.locks import lock_application
from registration.models import PhoneCode
from registration.services.issue_code import issue_code
from registration.states import CodePurpose


@transaction.atomic
def request_phone_code(*, actor: Actor, application_id: UUID, phone: str) -> PhoneCode:
    """Make a code for `phone` and hand it to the queue.

    Whether the number is registered already is said to who proves it, to nobody else.
    Raises ids.InvalidPhone, CodeRefused (too soon, too many, locked), ApplicationClosed.
    """
    number = phones.parse(phone).number
    application = lock_application(application_id)
    require_own(actor, application)
    require_open(application)
    return issue_code(
        actor=actor,
        purpose=CodePurpose.REGISTRATION,
        person_id=application.person_id,
        number=number,
        language=application.language,
        application=application,
        # of this application only: a stranger who asks for a code to the same number must not void this person's
        replaces=Q(application=application),
    )
