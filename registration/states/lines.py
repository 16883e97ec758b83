"""What can be of a line and a number: their lives, and why one ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import Machine


class LineStatus(models.TextChoices):
    """The life of a line, a person's subscription to a number: active ⇄ restricted ⇄ suspended → terminated.

    What the number does before and after is the number's own life (`NumberStatus`).
    """

    ACTIVE = "active", _("Active")
    RESTRICTED = "restricted", _("Restricted")  # some services are limited
    SUSPENDED = "suspended", _("Suspended")  # no service but the floor that law keeps
    TERMINATED = "terminated", _("Terminated")  # over; its end starts the clock of R-06

    @classmethod
    def held(cls) -> tuple["LineStatus", ...]:
        """Those that count against a person's limit (R-13), and of which a number has one at most."""
        return (cls.ACTIVE, cls.RESTRICTED, cls.SUSPENDED)


_L = LineStatus
LINE_MOVES = Machine(
    {
        _L.ACTIVE: {_L.RESTRICTED, _L.SUSPENDED, _L.TERMINATED},
        _L.RESTRICTED: {_L.ACTIVE, _L.SUSPENDED, _L.TERMINATED},
        _L.SUSPENDED: {_L.ACTIVE, _L.RESTRICTED, _L.TERMINATED},
        _L.TERMINATED: set(),
    }
)


class EndReason(models.TextChoices):
    """Why a line was terminated."""

    HOLDER = "holder", _("Its holder wants to give it up")
    UNPAID = "unpaid", _("It was not paid for")
    MISUSE = "misuse", _("It was misused")
    WRONG_HOLDER = "wrong_holder", _("It is registered under somebody else's name")
    ORGANISATION = "organisation", _("The organisation that contracted for it ends it")
    USER_REPLACED = "user_replaced", _("Its organisation gave the number to another user")

    @classmethod
    def of_staff(cls) -> tuple["EndReason", ...]:
        """Those that staff who end a line choose from; the others come with the act that they name."""
        return (cls.HOLDER, cls.UNPAID, cls.MISUSE, cls.WRONG_HOLDER)


class HoldScope(models.TextChoices):
    """How much a legal hold keeps."""

    PERSON = "person", _("All of the person")
    APPLICATION = "application", _("This application only")
    LINE = "line", _("The line of this application only")


class NumberStatus(models.TextChoices):
    """The life of a number in the inventory; with a line's it is one round.

        available → reserved → in use ───────────────────────────────────→ quarantine → available
                               └ its line: active ⇄ restricted ⇄ suspended → terminated ┘

    A reservation that nobody makes use of goes back to available. A number that somebody brought with their own SIM comes from
    elsewhere, and after its quarantine goes back there unless the operator has stocked it meanwhile.
    """

    AVAILABLE = "available", _("Available")  # in stock, anybody may choose it
    RESERVED = "reserved", _("Reserved")  # chosen in an application: for minutes, or until a submitted one ends
    IN_USE = "in_use", _("In use")  # it has a line that is held
    QUARANTINE = "quarantine", _("In quarantine")  # waits before it is given to somebody else
    ELSEWHERE = "elsewhere", _("Not in stock")  # known from a holder who brought it, and nothing to give out


_N = NumberStatus
NUMBER_MOVES = Machine(
    {
        # from stock into use without a reservation: a card sold unregistered, proven by its holder
        _N.AVAILABLE: {_N.RESERVED, _N.IN_USE},
        _N.RESERVED: {_N.AVAILABLE, _N.IN_USE},
        _N.IN_USE: {_N.QUARANTINE},
        _N.QUARANTINE: {_N.AVAILABLE, _N.ELSEWHERE},
        _N.ELSEWHERE: {_N.AVAILABLE, _N.IN_USE},
    }
)


class NumberWay(models.TextChoices):
    """Which number an application is for."""

    OWN = "own", _("The number I proved")
    NEW = "new", _("A new number")  # chosen from the stock; the proven one is the contact


class Pattern(models.TextChoices):
    """What is pretty about the last four digits; the first that fits, in this order (registration/patterns.py)."""

    EIGHTS = "eights", _("Ends in 8888")
    ALIKE = "alike", _("Four alike (AAAA)")
    RUN = "run", _("Four in a row (ABCD)")
    PAIRS = "pairs", _("Two pairs (AABB)")
    TWICE = "twice", _("A pair twice (ABAB)")
    THREE = "three", _("Three alike (AAA)")
    PLAIN = "plain", _("No pattern")
