"""A number of the operator's inventory."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.ids.phone import prefixes_of
from realname.states import StateMixin
from registration.models.application import Application
from registration.states import NUMBER_MOVES, ApplicationStatus, NumberStatus, Pattern

# people choose among these; numbers of the ranges for devices are kept apart
_AVAILABLE = models.Q(status=str(NumberStatus.AVAILABLE), of_things=False)
_FOR_THINGS = models.Q(status=str(NumberStatus.AVAILABLE), of_things=True)
_IN_A_RANGE_OF_THINGS = f"^({'|'.join(prefixes_of('iot'))})"


class NumberQuerySet(models.QuerySet):
    """Adjectives of numbers."""

    def available(self) -> "NumberQuerySet":
        """In stock for any person."""
        return self.filter(_AVAILABLE)

    def for_things(self) -> "NumberQuerySet":
        """In stock for devices."""
        return self.filter(_FOR_THINGS)

    def reserved(self) -> "NumberQuerySet":
        """Kept for an application."""
        return self.filter(status=NumberStatus.RESERVED)

    def lapsed(self) -> "NumberQuerySet":
        """Reserved past their time, or for an application that is over."""
        over = ~models.Q(reserved_for__status__in=ApplicationStatus.open())
        return self.reserved().filter(models.Q(reserved_until__lte=timezone.now()) | over)

    def rested(self) -> "NumberQuerySet":
        """In quarantine for as long as they must be."""
        return self.filter(status=NumberStatus.QUARANTINE, quarantine_until__lte=timezone.localdate())


class Number(StateMixin, models.Model):
    """A number the operator gives out, or knows from a holder who brought it.

    The list of an operator's numbers is public and not personal; who holds one is. So while a number is in use nothing here leads
    to its line or its person: no key, no index, and no time but the day. The way goes through the keyed blind index alone
    (registration/numbers.py).
    """

    machine = NUMBER_MOVES

    number = models.CharField(_("phone number"), max_length=13, unique=True)
    # the same from its end, so that an ending is a beginning; in byte order, so that one index both finds and sorts them
    mirrored = models.CharField(max_length=13, editable=False, db_collation="C")
    status = models.CharField(_("status"), max_length=16, choices=NumberStatus.choices, default=NumberStatus.AVAILABLE)
    # loaded by the operator; what somebody brought is not
    stocked = models.BooleanField(_("in our stock"), default=True)
    pattern = models.CharField(_("pattern"), max_length=8, choices=Pattern.choices)
    has_four = models.BooleanField(_("has a 4"))
    of_things = models.BooleanField(_("of devices"), default=False)
    region = models.CharField(_("region"), max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    # one application keeps one number at most
    reserved_for = models.OneToOneField(Application, null=True, blank=True, on_delete=models.PROTECT, related_name="reservation")
    reserved_until = models.DateTimeField(null=True, blank=True)  # empty while a submitted application is on its way
    quarantine_until = models.DateField(_("in quarantine until"), null=True, blank=True)
    # the day its last holder left it: from then on it is a recycled number (P-PAR-1)
    freed_on = models.DateField(_("last holder left"), null=True, blank=True)

    objects = NumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("phone number")
        verbose_name_plural = _("numbers in stock and in use")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status=str(NumberStatus.RESERVED), reserved_for__isnull=False)
                | ~models.Q(status=str(NumberStatus.RESERVED)) & models.Q(reserved_for__isnull=True, reserved_until__isnull=True),
                name="number_reserved_for_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=str(NumberStatus.QUARANTINE)) | models.Q(quarantine_until__isnull=False, freed_on__isnull=False),
                name="number_quarantined_until_a_day",
            ),
            # a person can't be given a device's number, nor a device a person's; nobody keeps a device's for an application
            models.CheckConstraint(
                condition=models.Q(of_things=True, reserved_for__isnull=True, number__regex=_IN_A_RANGE_OF_THINGS)
                | models.Q(of_things=False) & ~models.Q(number__regex=_IN_A_RANGE_OF_THINGS),
                name="number_of_things_or_of_people",
            ),
        ]
        indexes = [
            # each way of looking through a million numbers, a page at a time
            models.Index(fields=["number"], condition=_AVAILABLE, name="number_available"),
            models.Index(fields=["number"], condition=_AVAILABLE & models.Q(has_four=False), name="number_without_four"),
            models.Index(fields=["pattern", "number"], condition=_AVAILABLE, name="number_by_pattern"),
            models.Index(fields=["mirrored"], condition=_AVAILABLE, name="number_by_ending"),
            models.Index(fields=["number"], condition=_FOR_THINGS, name="number_for_things"),
            models.Index(fields=["reserved_until"], condition=models.Q(status=str(NumberStatus.RESERVED)), name="number_reserved"),
            models.Index(fields=["quarantine_until"], condition=models.Q(status=str(NumberStatus.QUARANTINE)), name="number_quarantined"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def release(self) -> None:
        """No longer kept for anybody. Raises TransitionNotAllowed unless reserved. Changes memory only."""
        self.move(to=NumberStatus.AVAILABLE)
        self.reserved_for = self.reserved_until = None
