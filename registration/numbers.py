"""Questions about numbers: which may be chosen, who held one when, whether it changed hands."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from realname import policy
from realname.vault.blind_index import blind_index
from registration.models import Application, Line, Number, Person
from registration.policy import RESERVATIONS_PER_DEVICE, RESERVATIONS_PER_NETWORK
from registration.states import ApplicationStatus, LineStatus, NumberStatus, NumberWay, Pattern

PAGE = 20


def available_numbers(
    *, ending: str = "", pattern: Pattern | str = "", without_four: bool = False, after: str = "", limit: int = PAGE
) -> list[Number]:
    """The next numbers in stock: by number, or by their ending where one is asked for. `after` is the last number seen.

    No page costs more than another: each begins where an index stands (number_available and its like).
    """
    if without_four and "4" in ending:
        return []  # nothing can be both, and all numbers would be looked through for it
    found = Number.objects.available()
    if pattern:
        found = found.filter(pattern=pattern)
    if without_four:
        found = found.filter(has_four=False)
    if ending:
        found = found.filter(mirrored__startswith=ending[::-1]).order_by("mirrored")
        return list(found.filter(mirrored__gt=after[::-1])[:limit])
    return list(found.filter(number__gt=after).order_by("number")[:limit])


def offers_numbers() -> bool:
    """Has the operator any number to choose?"""
    return Number.objects.available().exists()


def reservation_of(application: Application) -> Number | None:
    """The number that is kept for it."""
    return Number.objects.filter(reserved_for=application).first()


def number_to_register(application: Application) -> str:
    """The number the application is for: the proven one, one chosen from the stock, or a line's that it takes over. Empty: none yet."""
    if application.takes_over_id:
        return application.takes_over.number
    number = application.chosen_number if application.number_way == NumberWay.NEW else application.phone
    return number or ""


def has_its_number(application: Application) -> bool:
    """May the number it is for be registered by it, as things stand now?"""
    if application.takes_over_id:
        return application.takes_over.status in LineStatus.held()
    if application.number_way == NumberWay.NEW:
        return Number.objects.filter(reserved_for=application).exists()
    return own_number_free(application)


def own_number_free(application: Application) -> bool:
    """Is the proven number neither somebody's line, nor in quarantine, nor kept for another application?"""
    busy = Q(status__in=(NumberStatus.IN_USE, NumberStatus.QUARANTINE)) | Q(status=NumberStatus.RESERVED) & ~Q(reserved_for=application)
    return not Number.objects.filter(busy, number=application.phone).exists()


def proven_elsewhere(number: str, application: Application) -> bool:
    """Did somebody prove to hold this number, in an application on its way? Then it works already, whatever the stock says."""
    holders = Application.objects.open().filter(phone_index=blind_index("phone", number), phone_proven_at__isnull=False)
    return holders.exclude(pk=application.pk).exists() or application.phone == number


def hoards(application: Application) -> bool:
    """Are as many numbers kept for other unfinished applications of its device or network as may be?"""
    kept = Application.objects.filter(status__in=ApplicationStatus.editable(), reservation__isnull=False).exclude(pk=application.pk)
    on_device = kept.filter(device=application.device).count() if application.device else 0
    in_network = kept.filter(network=application.network).count() if application.network else 0
    return on_device >= policy.value(RESERVATIONS_PER_DEVICE) or in_network >= policy.value(RESERVATIONS_PER_NETWORK)


def holder_on(number: str, moment: datetime) -> Person | None:
    """Who held the number at that moment (P-PAR-1). Nobody where it was free, or its holder's data have been erased since."""
    line = _lines(number).filter(Q(ended_at__isnull=True) | Q(ended_at__gt=moment), activated_at__lte=moment).first()
    return line.person if line else None


def tenure(number: str) -> timedelta | None:
    """For how long its holder has held it; nothing where nobody does."""
    line = _lines(number).held().first()
    return timezone.now() - line.activated_at if line else None


def recycled_since(number: str, moment: datetime) -> bool:
    """Has the number changed hands since that moment (P-PAR-1)?

    Yes where a holder has left it since, by the day; and where it was free of an earlier holder then and somebody holds it now. A
    number that never had another holder with us has not. The inventory remembers, so an erasure makes nothing forgotten.
    """
    freed = freed_on(number)
    if freed is None:
        return False
    if freed >= timezone.localdate(moment):
        return True
    return _lines(number).held().filter(activated_at__gt=moment).exists()


def freed_on(number: str) -> date | None:
    """The day on which its last holder left; nothing where it had none. Who holds it since holds a recycled number."""
    return Number.objects.filter(number=number).values_list("freed_on", flat=True).first()


def _lines(number: str) -> QuerySet[Line]:
    return Line.objects.select_related("person").filter(number_index=blind_index("phone", number)).order_by("-activated_at")
