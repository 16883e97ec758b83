"""The desk's sidebar. Each app hangs its pages in; a role sees what it may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from realname.access.guards import Policy


class Group(TextChoices):
    """The parts of the sidebar, in order."""

    WORK = "work", _("To do")
    RECORDS = "records", _("Records")
    OVERSIGHT = "oversight", _("Oversight")
    STAFF = "staff", _("Staff")


@dataclass(frozen=True)
class Item:
    """A page in the sidebar: `url` is a URL name, `icon` a Material Symbol, `may` the policy of the page."""

    group: Group
    title: Promise | str
    icon: str
    url: str
    may: Policy


_items: dict[str, Item] = {}


def hang(group: Group, title: Promise | str, *, icon: str, url: str, may: Policy) -> None:
    """Hang a page into the sidebar; in each group in the order of hanging. The same page twice is one."""
    _items[url] = Item(group, title, icon, url, may)


def for_request(request: HttpRequest, *, is_active: Callable[[HttpRequest, str], bool]) -> list[dict[str, Any]]:
    """The groups and pages this staff member may open, as unfold's templates want them."""
    groups = []
    for group in Group:
        rows = [_row(item, request, is_active) for item in _items.values() if item.group == group and item.may(request.user)]
        if rows:
            groups.append({"title": group.label, "separator": bool(groups), "items": rows})
    return groups


def _row(item: Item, request: HttpRequest, is_active: Callable[[HttpRequest, str], bool]) -> dict[str, Any]:
    link = reverse(item.url)
    return {"title": item.title, "icon": item.icon, "link": link, "has_permission": True, "active": is_active(request, link)}
