"""One id from the browser through the task it causes."""

from collections.abc import Iterator

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker
from django.http import HttpResponse
from django.test import RequestFactory

from realname.celery import app as ours
from realname.trail.correlation import CorrelationMiddleware, bind_correlation, correlation_id


@pytest.mark.parametrize(
    ("_case", "given", "kept"),
    [("given", "abcd-1234", True), ("none", "", False), ("too long", "a" * 65, False), ("line break", "abcdefgh\n", False)],
)
def test_the_request_keeps_a_plain_id_and_gets_one_otherwise(_case, given, kept):
    seen = []
    middleware = CorrelationMiddleware(lambda request: seen.append(correlation_id()) or HttpResponse())
    response = middleware(RequestFactory().get("/", headers={"X-Request-ID": given} if given else {}))
    assert response["X-Request-ID"] == seen[0]
    assert (seen[0] == given) is kept
    assert len(seen[0]) >= 8
    assert correlation_id() == ""


@pytest.fixture
def own_app_afterwards() -> Iterator[None]:
    """A worker in this process makes its application the current one, for good: the program's own is put back."""
    yield
    ours.set_default()
    ours.set_current()


@pytest.mark.slow
def test_a_worker_takes_up_the_id_of_the_request_that_sent_the_task(own_app_afterwards):
    app = Celery("correlation", broker="memory://", backend="cache+memory://", set_as_current=False)
    app.conf.task_ignore_result = False

    @app.task(name="test.say_correlation")
    def say() -> str:
        return correlation_id()

    with start_worker(app, perform_ping_check=False, shutdown_timeout=30):
        with bind_correlation("request-12345678"):
            sent = say.delay()
        alone = say.delay()
        assert sent.get(timeout=20) == "request-12345678"
        assert alone.get(timeout=20) == alone.id.replace("-", "")
