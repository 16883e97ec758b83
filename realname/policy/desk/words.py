"""Values, bounds and changes as people read them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from realname.policy.errors import UnknownParameter
from realname.policy.parameters import Parameter, parameter


@dataclass(frozen=True)
class Row:
    """A change in words. Of a parameter that a release took away only the key is left."""

    key: str
    label: Any
    old: str
    new: str


def shown(one: Parameter, stored: Any) -> str:
    """A value as JSON holds it, in words."""
    if one.type is bool:
        return _("yes") if stored else _("no")
    if one.type is timedelta:
        return _("%(seconds)s seconds") % {"seconds": f"{stored:g}"}
    if one.type is float:
        return f"{stored:g}"
    return str(one.names.get(stored, stored))


def bounds(one: Parameter) -> str:
    """What may be set."""
    if one.choices:
        return " · ".join(shown(one, choice) for choice in one.choices)
    limits = [shown(one, one.stored(limit)) if limit is not None else None for limit in (one.minimum, one.maximum)]
    if None not in limits:
        return _("%(lowest)s to %(highest)s") % {"lowest": limits[0], "highest": limits[1]}
    if limits[0]:
        return _("from %(lowest)s") % {"lowest": limits[0]}
    return _("up to %(highest)s") % {"highest": limits[1]} if limits[1] else ""


def rows(changes: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Changes as a version keeps them ({"key", "old", "new"}) in words."""
    return [_row(**change) for change in changes]


def label_of(key: str) -> Any:
    """What a parameter is called; its key where a release took it away."""
    try:
        return parameter(key).label
    except UnknownParameter:
        return key


def _row(key: str, old: Any, new: Any) -> Row:
    try:
        one = parameter(key)
    except UnknownParameter:
        return Row(key, key, str(old), str(new))
    return Row(key, one.label, shown(one, old), shown(one, new))
