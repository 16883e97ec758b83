"""The one way in which a page says that something was refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from realname.errors import Refusal


@contextmanager
def telling(request: HttpRequest) -> Iterator[None]:
    """What is refused within is said on the next page; what comes after the `with` goes on as if nothing was asked."""
    try:
        yield
    except Refusal as refusal:
        messages.warning(request, refusal.message)
