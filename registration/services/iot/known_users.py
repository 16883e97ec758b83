"""Who answers for lines of things, or uses one that was handed on: somebody whose identity we have verified (R-01, R-19)."""

from django.db import transaction

from realname.ids import credit_code
from realname.ids.errors import InvalidInput
from registration.errors import IotRefused
from registration.locks import lock_application
from registration.models import Application, Organisation, Person
from registration.services.resume_application import refusal_of_guess
from registration.states import LineStatus, OrganisationStatus


def known_person(*, reference: str, last_six: str, refusal: str) -> Person:
    """The person with a line in use, by the application it came of and the end of their ID number; the clerk sees nothing of them.

    Call outside a transaction: a wrong answer is counted, and the count must outlive the refusal. Raises IotRefused (`refusal`): one
    sentence for all that is not found or does not fit.
    """
    with transaction.atomic():
        found = Application.objects.filter(reference=reference.strip().upper()).values_list("pk", flat=True).first()
        application = lock_application(found) if found else None
        line = getattr(application, "line", None) if application else None
        person = line.person if line is not None and line.status in LineStatus.held() and line.person.verified_at else None
        wrong = person is None or not application.id_number or refusal_of_guess(application, last_six)
    if wrong:
        raise IotRefused(refusal)
    return person


def known_organisation(code: str) -> Organisation:
    """The approved organisation of this code. Raises IotRefused."""
    try:
        text = credit_code.parse(code).text
    except InvalidInput:
        raise IotRefused("iot_end_user") from None
    found = Organisation.objects.filter(credit_code=text, status=OrganisationStatus.APPROVED).first()
    if found is None:
        raise IotRefused("iot_end_user")
    return found
