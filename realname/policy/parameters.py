"""What a parameter is, and the list of all of them."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from .errors import InvalidValue, UnknownParameter

T = TypeVar("T", int, float, bool, str, timedelta)
TYPES = (int, float, bool, str, timedelta)

_registry: dict[str, "Parameter"] = {}
_ascending: list[tuple["Parameter", ...]] = []
_sections: dict[str, Any] = {}


@dataclass(frozen=True, kw_only=True)
class Parameter(Generic[T]):
    """One number or switch. Declaring it registers it.

    `type` is int, float, bool, str or timedelta (stored in seconds); `minimum` and `maximum` are inclusive and of that type;
    `source` names the law or requirement the default comes from; `names` says choices in words.
    Raises ImproperlyConfigured for a doubled key, another type, or a default outside its own bounds.
    """

    key: str
    type: type[T]
    default: T
    label: Any
    source: str = ""
    minimum: T | None = None
    maximum: T | None = None
    choices: Sequence[T] = ()
    names: Mapping[T, Any] = field(default_factory=dict, hash=False, compare=False)

    def __post_init__(self) -> None:
        if self.key in _registry:
            raise ImproperlyConfigured(f"policy parameter {self.key!r} is declared twice")
        if self.type not in TYPES:
            raise ImproperlyConfigured(f"policy parameter {self.key!r} cannot be of type {self.type!r}")
        try:
            self.clean(self.default)
        except InvalidValue as error:
            raise ImproperlyConfigured(f"the default of policy parameter {self.key!r} is refused by its own rules: {error}") from error
        _registry[self.key] = self

    def clean(self, value: Any) -> T:
        """The value in the parameter's type. Raises InvalidValue (codes type, too_small, too_large, choice).

        An int is taken for a float, and a number of seconds for a timedelta; no text is ever read as a number, nor a bool.
        """
        cleaned = self._typed(value)
        if self.choices and cleaned not in self.choices:
            raise InvalidValue(self.key, "choice")
        if self.minimum is not None and cleaned < self.minimum:
            raise InvalidValue(self.key, "too_small")
        if self.maximum is not None and cleaned > self.maximum:
            raise InvalidValue(self.key, "too_large")
        return cleaned

    def stored(self, value: Any) -> int | float | bool | str:
        """The cleaned value as JSON holds it: a timedelta as seconds."""
        cleaned = self.clean(value)
        return cleaned.total_seconds() if isinstance(cleaned, timedelta) else cleaned

    def _typed(self, value: Any) -> T:
        number = isinstance(value, int | float) and not isinstance(value, bool) and (isinstance(value, int) or math.isfinite(value))
        if number and self.type in (float, timedelta):
            try:
                return float(value) if self.type is float else timedelta(seconds=value)
            except OverflowError as error:
                raise InvalidValue(self.key, "type") from error
        # Postgres keeps no NUL in JSON
        if type(value) is not self.type or self.type is float or (self.type is str and "\0" in value):
            raise InvalidValue(self.key, "type")
        return value


def parameter(key: str) -> Parameter:
    """The parameter of that key. Raises UnknownParameter."""
    try:
        return _registry[key]
    except KeyError as error:
        raise UnknownParameter(key) from error


def all_parameters() -> tuple[Parameter, ...]:
    """All parameters, by key."""
    return tuple(_registry[key] for key in sorted(_registry))


def section(prefix: str, title: Any) -> None:
    """Give the parameters whose keys begin with `prefix.` a place of their own in lists; others stand under their app's name."""
    _sections[prefix] = title


def section_of(one: Parameter) -> str:
    """The longest declared beginning of its key, or the app's label."""
    fitting = [prefix for prefix in _sections if one.key.startswith(f"{prefix}.")]
    return max(fitting, key=len, default=one.key.split(".")[0])


def sections() -> dict[str, tuple[Parameter, ...]]:
    """All parameters by section, both in the order of their declaration."""
    found: dict[str, list[Parameter]] = {}
    for one in _registry.values():
        found.setdefault(section_of(one), []).append(one)
    return {name: tuple(ones) for name, ones in found.items()}


def section_title(name: str) -> Any:
    """What a section is called."""
    if name in _sections:
        return _sections[name]
    return apps.get_app_config(name).verbose_name if name in apps.app_configs else name


def ascending(*together: Parameter) -> None:
    """Say that of these each may not be below the one before it: a review begins below a match, a level below the next."""
    _ascending.append(together)


def out_of_order(value_of: Callable[[Parameter], Any]) -> tuple[str, ...]:
    """The keys of the parameters that are below the one before them, where `value_of` gives the values."""
    pairs = [pair for together in _ascending for pair in pairwise(together)]
    return tuple(dict.fromkeys(after.key for before, after in pairs if value_of(after) < value_of(before)))
