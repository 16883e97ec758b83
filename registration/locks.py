"""Every row lock of this stage: taken here and nowhere else, in this order.

Applications by id, identity, organisation, number, place, line, stock.

Of lists of people: the list, its organisation, its rows; whoever accepts an invitation locks the organisation before the row, too.
Of lines of things: organisation, use, line, its re-check, stock.
Of messages to phones: message ids, delivery, and then what the message is about.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from registration.models import (
    Application,
    BulkImport,
    BulkRow,
    Capture,
    ClerkPosting,
    DataExport,
    Dealer,
    Delivery,
    IotLine,
    IotRecheck,
    IotUse,
    LegalHold,
    Line,
    Number,
    Organisation,
    OrganisationCorrection,
    Person,
    RetentionRun,
    RetentionStop,
    RightsRequest,
    Shop,
    ShopDevice,
    SignInAttempt,
)

# namespaces of the advisory locks (first key of the pair)
IDENTITY, NUMBER, DEVICE, NETWORK, STOCKING, MESSAGE_ID, REQUEST, RETENTION, FILING = range(5021, 5030)


def lock_application(application_id: UUID, *only: str) -> Application:
    """The application, locked until the transaction ends; of its fields `only` these, where any are named.

    Raises Application.DoesNotExist.
    """
    return Application.objects.select_for_update(of=("self",)).only(*only).get(pk=application_id)


def lock_applications_of(person_id: UUID) -> None:
    """All applications of a person, in the order of their ids, until the transaction ends."""
    list(Application.objects.select_for_update(of=("self",)).filter(person_id=person_id).order_by("pk").values_list("pk"))


def lock_capture(capture_id: UUID) -> Capture:
    """The capture, locked until the transaction ends."""
    return Capture.objects.select_for_update(of=("self",)).select_related("application", "file").get(pk=capture_id)


def lock_line(line_id: UUID) -> Line:
    """The line, locked until the transaction ends. Raises Line.DoesNotExist."""
    return Line.objects.select_for_update(of=("self",)).get(pk=line_id)


def lock_stock(*numbers: str) -> dict[str, Number]:
    """The inventory's rows of these numbers, as far as it knows them, locked until the transaction ends."""
    rows = Number.objects.select_for_update(of=("self",)).filter(number__in=numbers).order_by("pk")
    return {row.number: row for row in rows}


def lock_person(person_id: UUID) -> Person:
    """The person, locked until the transaction ends: after their applications, where both are. Raises Person.DoesNotExist."""
    return Person.objects.select_for_update(of=("self",)).get(pk=person_id)


def lock_for_erasure(person_id: UUID) -> Person | None:
    """All of a person that an erasure must not meet on its way: applications, identity (activation merges under it), person.

    None where there is no such person. Call in a transaction.
    """
    lock_applications_of(person_id)
    index = Person.objects.filter(pk=person_id).values_list("id_number_index", flat=True).first()
    if index:
        lock_identity(index)
    return Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()


def lock_hold(hold_id: UUID) -> LegalHold:
    """The legal hold, locked until the transaction ends. Raises LegalHold.DoesNotExist."""
    return LegalHold.objects.select_for_update(of=("self",)).get(pk=hold_id)


def lock_retention_run(run_id: UUID) -> RetentionRun:
    """The run, locked until the transaction ends."""
    return RetentionRun.objects.select_for_update(of=("self",)).get(pk=run_id)


def lock_retention_stop(stop_id: UUID) -> RetentionStop:
    """The stop, locked until the transaction ends. Raises RetentionStop.DoesNotExist."""
    return RetentionStop.objects.select_for_update(of=("self",)).get(pk=stop_id)


def lock_filings() -> None:
    """Hold the filing of face data until the transaction ends: there is one open at most."""
    _advisory(FILING, "0")


@contextmanager
def one_retention_at_a_time() -> Iterator[bool]:
    """Whether this process is the one that erases: held across transactions, let go at the end or with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, 0)", [RETENTION])
        got = cursor.fetchone()[0]
    try:
        yield got
    finally:
        if got:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, 0)", [RETENTION])


def lock_attempt(attempt_id: UUID) -> SignInAttempt:
    """The attempt to sign in, locked until the transaction ends."""
    return SignInAttempt.objects.select_for_update(of=("self",)).get(pk=attempt_id)


def lock_rights_request(request_id: UUID) -> RightsRequest:
    """The request about personal data, locked until the transaction ends. Raises RightsRequest.DoesNotExist."""
    return RightsRequest.objects.select_for_update(of=("self",)).get(pk=request_id)


def lock_export(export_id: UUID) -> DataExport:
    """The copy of personal data, locked until the transaction ends. Raises DataExport.DoesNotExist."""
    return DataExport.objects.select_for_update(of=("self",)).get(pk=export_id)


def lock_with_rival(application_id: UUID, phone_index: str) -> tuple[Application, Application | None]:
    """The application, the other open one that has the number (its rival), and the number, locked until the transaction ends.

    Raises Application.DoesNotExist. Call in a transaction.
    """
    while True:
        try:
            with transaction.atomic():  # a savepoint: given up, its locks go too, so that the order is kept the next time
                return _lock_pair(application_id, phone_index)
        except _RivalChangedError:
            continue


class _RivalChangedError(Exception):
    """Somebody bound the number between the look for its application and its lock."""


def _lock_pair(application_id: UUID, phone_index: str) -> tuple[Application, Application | None]:
    rivals = Application.objects.open().filter(phone_index=phone_index).exclude(pk=application_id).values_list("pk", flat=True)
    expected = rivals.first()
    rows = Application.objects.select_for_update(of=("self",)).filter(pk__in=[application_id, expected or application_id])
    locked = {row.pk: row for row in rows.order_by("pk")}
    lock_number(phone_index)
    found = rivals.all().first()
    if found not in {expected, None}:
        raise _RivalChangedError
    if application_id not in locked:
        raise Application.DoesNotExist
    return locked[application_id], locked.get(found)


def lock_identity(id_number_index: str) -> None:
    """Hold an identity number until the transaction ends, whether or not its person exists yet.

    What counts lines or makes persons goes one at a time for one identity, and in parallel for different ones (R-13).
    """
    _advisory(IDENTITY, id_number_index)


def lock_number(phone_index: str) -> None:
    """Hold a phone number until the transaction ends."""
    _advisory(NUMBER, phone_index)


def lock_stocking() -> None:
    """Hold the taking into stock until the transaction ends: one list at a time."""
    _advisory(STOCKING, "0")


def lock_place(device: str, network: str) -> None:
    """Hold a device and a network, as far as they are known, until the transaction ends: what counts by place goes one at a time."""
    for namespace, place in ((DEVICE, device), (NETWORK, network)):
        if place:
            _advisory(namespace, hashlib.sha256(place.encode()).hexdigest())


def lock_dealer(dealer_id: UUID) -> Dealer:
    """The dealer, locked until the transaction ends. Raises Dealer.DoesNotExist."""
    return Dealer.objects.select_for_update(of=("self",)).get(pk=dealer_id)


def lock_shop(shop_id: UUID) -> Shop:
    """The shop, locked until the transaction ends. Raises Shop.DoesNotExist."""
    return Shop.objects.select_for_update(of=("self",)).select_related("dealer").get(pk=shop_id)


def lock_posting(posting_id: int) -> ClerkPosting:
    """The posting, locked until the transaction ends. Raises ClerkPosting.DoesNotExist."""
    return ClerkPosting.objects.select_for_update(of=("self",)).select_related("shop__dealer").get(pk=posting_id)


def lock_organisation(organisation_id: UUID) -> Organisation:
    """The organisation, locked until the transaction ends. Raises Organisation.DoesNotExist."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)


def lock_correction(correction_id: UUID) -> OrganisationCorrection:
    """The correction of an organisation, locked until the transaction ends: after the organisation. Raises ….DoesNotExist."""
    return OrganisationCorrection.objects.select_for_update(of=("self",)).get(pk=correction_id)


def lock_shop_device(devices: "QuerySet[ShopDevice]") -> ShopDevice | None:
    """The first of these, locked until the transaction ends."""
    return devices.select_for_update(of=("self",)).first()


def lock_delivery(deliveries: "QuerySet[Delivery]") -> Delivery | None:
    """The first of these, locked until the transaction ends."""
    return deliveries.select_for_update(of=("self",)).first()


def free_deliveries(deliveries: "QuerySet[Delivery]", *, limit: int) -> list[Delivery]:
    """The first of these that nobody else holds, locked until the transaction ends."""
    return list(deliveries.select_for_update(of=("self",), skip_locked=True)[:limit])


def lock_message_ids(message_ids: Sequence[str]) -> None:
    """Hold gateways' message ids until the transaction ends, whether or not their messages are known yet."""
    for digest in sorted(hashlib.sha256(each.encode()).hexdigest() for each in message_ids):
        _advisory(MESSAGE_ID, digest)


def try_request(digest: str) -> bool:
    """Hold an idempotency key until the transaction ends, unless somebody else does: then False, at once. Before every other lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [REQUEST, int(digest[:8], 16) & 0x7FFFFFFF])
        return cursor.fetchone()[0]


def lock_bulk_import(import_id: UUID) -> BulkImport:
    """The list of people, locked until the transaction ends: before its rows. Raises BulkImport.DoesNotExist."""
    return BulkImport.objects.select_for_update(of=("self",)).get(pk=import_id)


def lock_bulk_row(row_id: UUID) -> BulkRow:
    """The row, locked until the transaction ends. Raises BulkRow.DoesNotExist."""
    return BulkRow.objects.select_for_update(of=("self",)).get(pk=row_id)


def free_bulk_rows(rows: "QuerySet[BulkRow]", *, limit: int) -> list[BulkRow]:
    """The first of these that nobody else holds, locked until the transaction ends."""
    return list(rows.select_for_update(of=("self",), skip_locked=True)[:limit])


def lock_iot_use(use_id: UUID) -> IotUse:
    """The use of lines of things, locked until the transaction ends, with its organisation. Raises IotUse.DoesNotExist."""
    return IotUse.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=use_id)


def lock_iot_line(line_id: UUID) -> IotLine:
    """The line of a thing, locked until the transaction ends. Raises IotLine.DoesNotExist."""
    return IotLine.objects.select_for_update(of=("self",)).select_related("use", "organisation").get(pk=line_id)


def lock_recheck(recheck_id: UUID) -> IotRecheck:
    """The re-check, locked until the transaction ends: after its line. Raises IotRecheck.DoesNotExist."""
    return IotRecheck.objects.select_for_update(of=("self",)).get(pk=recheck_id)


def free_numbers_for_things(*, limit: int) -> list[Number]:
    """The first numbers for devices that nobody else is taking, locked until the transaction ends."""
    return list(Number.objects.for_things().select_for_update(of=("self",), skip_locked=True).order_by("number")[:limit])


def _advisory(namespace: int, index: str) -> None:
    with connection.cursor() as cursor:
        # indexes and digests are uniform: 31 bits of one serve as the second key; a collision only makes two wait for each other
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [namespace, int(index[:8], 16) & 0x7FFFFFFF])
