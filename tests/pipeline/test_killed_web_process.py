"""The web process dies between the commit and the message: the application is taken up all the same."""

import signal
import subprocess
import sys

import pytest

from realname.paths import REPO
from registration.states import ApplicationStatus
from tests.pipeline.applicants import assert_activated_once, drafted, wait_for_end

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

# what a request does, but that the process is killed where it would send its first message
SUBMIT_AND_DIE = """
import importlib, os, signal, sys
import django
django.setup()
door = importlib.import_module("realname.queue.hint")
from realname.access.actor import Actor
from registration.models import Application
from registration.services.submit_application import submit_application
door.send = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
application = Application.objects.get(pk=sys.argv[1])
actor = Actor(kind="person", id=str(application.person_id), name="")
submit_application(actor=actor, application_id=application.pk, submission_key="once")
"""


def test_killed_between_commit_and_message(workers, quiet, sandbox_server):
    application = drafted(sandbox_server)
    process = subprocess.run(
        [sys.executable, "-c", SUBMIT_AND_DIE, str(application.pk)], cwd=REPO, env=workers.environment, timeout=60, check=False
    )
    assert process.returncode == -signal.SIGKILL
    application.refresh_from_db()
    assert application.status == ApplicationStatus.SUBMITTED
    workers.resume("beat")
    assert_activated_once(wait_for_end(application))
