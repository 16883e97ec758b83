"""One id from the browser's request through every task it causes, written into each event."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import Any
from uuid import uuid4

from celery.signals import before_task_publish, task_postrun, task_prerun
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
# What is accepted from outside: short and plain, since it ends in logs and in a row nobody can alter.
_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_current: ContextVar[str] = ContextVar("correlation_id", default="")
_ATTRIBUTE = "_trail_correlation"


def correlation_id() -> str:
    """The id of the work going on here, or "" outside of any."""
    return _current.get()


def new_correlation_id() -> str:
    """A fresh id: 32 hexadecimal digits."""
    return uuid4().hex


@contextmanager
def bind_correlation(value: str = "") -> Iterator[str]:
    """Give everything recorded inside this block one id (a fresh one if none is named)."""
    token = _current.set(value or new_correlation_id())
    try:
        yield _current.get()
    finally:
        _current.reset(token)


class CorrelationMiddleware:
    """Take the id from `X-Request-ID` (or make one), keep it for the request, send it back in the response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        with bind_correlation(given if _ACCEPTED.fullmatch(given) else "") as value:
            request.correlation_id = value
            response = self.get_response(request)
        response[HEADER] = value
        return response


@before_task_publish.connect(dispatch_uid="realname.trail.send_correlation")
def send_correlation(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """Let the message carry the id to the worker."""
    value = correlation_id()
    if headers is not None and value:
        headers.setdefault(HEADER, value)


@task_prerun.connect(dispatch_uid="realname.trail.receive_correlation")
def receive_correlation(task: Any = None, task_id: str = "", **_: Any) -> None:
    """Bind the id the message carried; a task nobody asked for (beat) gets its own."""
    request = task.request
    carried = request.get(HEADER) or (request.get("headers") or {}).get(HEADER) or correlation_id()
    token = _current.set(carried or (task_id or new_correlation_id()).replace("-", ""))
    setattr(request, _ATTRIBUTE, token)


@task_postrun.connect(dispatch_uid="realname.trail.forget_correlation")
def forget_correlation(task: Any = None, **_: Any) -> None:
    """Unbind, so that the worker's next task starts clean."""
    token: Token[str] | None = getattr(task.request, _ATTRIBUTE, None)
    if token is not None:
        _current.reset(token)
        setattr(task.request, _ATTRIBUTE, None)
