"""A rule of retention, and the table of all rules: each floor registers its own when it starts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter


class Act(models.TextChoices):
    """What is done with data whose time is over."""

    ERASE_FILE = "erase_file", _("Files are erased")
    ERASE_FIELDS = "erase_fields", _("Fields are emptied")
    DELETE_ROWS = "delete_rows", _("Rows are deleted")
    DESTROY_KEY = "destroy_key", _("The person's keys are destroyed")


@dataclass(frozen=True, slots=True)
class Rule:
    """One class of data.

    `due` answers the rows whose time was over at a moment; asked again under the person's locks, it is also the guard.
    `erase` does the act to some of them (of one person, locked) and answers how many rows it was.
    `person` and `application` are the paths from a row to what may be held; empty: there is none. Rows without a path to a person are
    nobody's: they go without locks and holds.
    """

    name: str
    what: Promise
    clock: Promise
    days: Parameter
    act: Act
    stays: Promise
    source: str
    covers: tuple[str, ...]  # labels of the models, e.g. "registration.Capture"
    since: str  # the column whose oldest value a report names
    due: Callable[[datetime], QuerySet]
    erase: Callable[[QuerySet], int]
    person: str = "person_id"
    application: str = ""


_rules: dict[str, Rule] = {}


def register(rule: Rule) -> Rule:
    """Add a rule. Raises ImproperlyConfigured for a second one of its name."""
    if rule.name in _rules:
        raise ImproperlyConfigured(f"Retention rule {rule.name!r} is registered twice.")
    _rules[rule.name] = rule
    return rule


def rules() -> tuple[Rule, ...]:
    """All of them, in the order in which they run."""
    return tuple(_rules.values())


def rule_named(name: str) -> Rule:
    """The rule of that name. Raises KeyError."""
    return _rules[name]
