"""Messages come twice, at once, and in the wrong order: the application ends as it should, once."""

import pytest

from realname.queue import enqueue
from tests.pipeline.applicants import assert_activated_once, drafted, submit, wait_for_end, wait_until
from verification import tasks
from verification.models import Check
from verification.pipeline import RUNNERS

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_doubled_tasks(workers, sandbox_server):
    application = submit(drafted(sandbox_server))
    for _ in range(3):
        enqueue(tasks.open_checks, application.pk)
        enqueue(tasks.decide, application.pk)
    checks = Check.objects.filter(application=application)
    wait_until(checks.exists, seconds=30, what=lambda: workers.log("fast"))
    for _ in range(3):
        # those that wait for others first
        for check in checks.order_by("-kind"):
            enqueue(tasks.run_check, check.pk, queue=RUNNERS[check.kind].queue)
            enqueue(tasks.decide, application.pk)
    assert_activated_once(wait_for_end(application))
    for check in checks:
        enqueue(tasks.run_check, check.pk, queue=RUNNERS[check.kind].queue)
    enqueue(tasks.open_checks, application.pk)
    enqueue(tasks.decide, application.pk)
    assert_activated_once(wait_for_end(application))


def test_captures_looked_at_twice(workers, sandbox_server):
    """P-REG-7: the first look is noted once, however often it is asked for."""
    from realname.trail.models import Event
    from registration.services.capture_selfie import capture_selfie
    from tests.factories import registration as make
    from tests.pipeline.applicants import pictures

    application = make.started()
    capture = capture_selfie(actor=make.person_actor(application), application_id=application.pk, content=pictures()[2])
    for _ in range(3):
        enqueue(tasks.read_capture, capture.pk)

    def _looked_at() -> bool:
        capture.refresh_from_db()
        return capture.read_at is not None

    wait_until(_looked_at, seconds=30, what=lambda: workers.log("vision"))
    enqueue(tasks.read_capture, capture.pk)
    assert Event.objects.filter(name="capture.read", related_id=str(capture.pk)).count() == 1
