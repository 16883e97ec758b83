"""Questions to the sandbox's authorities, through our own services."""

from collections.abc import Callable
from uuid import uuid5

import pytest

from registration.models import Application
from tests.factories import registration as make
from verification.services.put_question import Asking
from verification.sources import Fact, Question


@pytest.fixture
def applicant(sandbox) -> Application:
    """A submitted application of a person whom every source knows."""
    application = make.submitted()
    sandbox.add_identity(application.name, application.id_number)
    return application


@pytest.fixture
def asking(applicant) -> Callable[..., Asking]:
    """Makes a question about the applicant; another key is another check's."""

    def _asking(fact: Fact = Fact.IDENTITY, *, key: str = "first", **more) -> Asking:
        asked = {"name": applicant.name, "id_number": applicant.id_number, "phone": applicant.phone} | more
        return Asking(applicant, Question(fact, **asked), uuid5(applicant.pk, key))

    return _asking
