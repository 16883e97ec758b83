"""An erased person can no longer be found by number or identity, and may come again as somebody new."""

from uuid import UUID

from django.db import transaction

from registration.locks import lock_applications_of
from registration.models import Application, IotLine, Line, Person, PhoneCode
from registration.states import LineStatus


@transaction.atomic
def forget_indexes(*, person_id: UUID) -> None:
    """Clear the blind indexes of an erased person, or of an organisation's lines of things where its key is gone.

    Done twice it changes nothing.

    A line in use keeps its number's: the number must not be given out twice. Columns are set in the database alone, since the
    values beside them can't be read or written any more.
    """
    lock_applications_of(person_id)
    Person.objects.filter(pk=person_id).update(id_number_index=None, contact_phone_index=None)
    Application.objects.filter(person_id=person_id).update(phone_index=None, id_number_index=None)
    PhoneCode.objects.filter(person_id=person_id).update(phone_index=None)
    Line.objects.filter(person_id=person_id).exclude(status__in=LineStatus.held()).update(number_index="")
    of_things = IotLine.objects.filter(organisation=person_id).exclude(status__in=LineStatus.held())
    of_things.filter(imei_index=None).update(number_index="")
    of_things.exclude(imei_index=None).update(number_index="", imei_index="")
