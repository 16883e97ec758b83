"""The pipeline with real workers, in good weather."""

import pytest

from tests.pipeline.applicants import assert_activated_once, handed_in, wait_for_end

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_a_clean_application_ends_activated_once(workers, sandbox_server):
    assert_activated_once(wait_for_end(handed_in(sandbox_server)))


def test_applications_side_by_side_end_once_each(workers, sandbox_server):
    applications = [handed_in(sandbox_server) for _ in range(6)]
    for application in applications:
        assert_activated_once(wait_for_end(application))
