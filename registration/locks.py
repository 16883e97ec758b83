"""Every row lock of this stage: taken here and nowhere else, in this order: application, identity, number."""

from uuid import UUID

from django.db import connection

from registration.models import Application, Capture

# namespaces of the advisory locks (first key of the pair)
IDENTITY, NUMBER = 5021, 5022


def lock_application(application_id: UUID) -> Application:
    """The application, locked until the transaction ends. Raises Application.DoesNotExist."""
    return Application.objects.select_for_update(of=("self",)).get(pk=application_id)


def lock_capture(capture_id: UUID) -> Capture:
    """The capture, locked until the transaction ends."""
    return Capture.objects.select_for_update(of=("self",)).select_related("application", "file").get(pk=capture_id)


def lock_identity(id_number_index: str) -> None:
    """Hold an identity number until the transaction ends, whether or not its person exists yet.

    What counts lines or makes persons goes one at a time for one identity, and in parallel for different ones (R-13).
    """
    _advisory(IDENTITY, id_number_index)


def lock_number(phone_index: str) -> None:
    """Hold a phone number until the transaction ends."""
    _advisory(NUMBER, phone_index)


def _advisory(namespace: int, index: str) -> None:
    with connection.cursor() as cursor:
        # blind indexes are uniform: 31 bits of one serve as the second key; a collision only makes two wait for each other
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [namespace, int(index[:8], 16) & 0x7FFFFFFF])
