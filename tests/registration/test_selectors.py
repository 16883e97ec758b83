"""The order of the way is one list."""

import pytest

from registration.policy import ACTIVE_LIVENESS
from registration.selectors import WAY, missing_parts
from registration.states import CaptureKind, VerificationPath
from registration.web.session import PAGES
from registration.web.steps import NAMES, STEPS
from tests.factories import registration as make
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db
# what everybody needs; a number is missing only once a phone is proven
BEGINNING = ["phone", CaptureKind.DOCUMENT_FRONT, CaptureKind.DOCUMENT_BACK, "details"]


@pytest.mark.parametrize(
    ("path", "parts"),
    [(VerificationPath.FACE, [*BEGINNING, CaptureKind.SELFIE, CaptureKind.CHALLENGE]), (VerificationPath.FACE_FREE, BEGINNING)],
)
def test_what_is_missing_comes_in_the_order_of_the_way(path, parts):
    """Details before the face; to a shop nothing is sent ahead."""
    assert missing_parts(make.started(path=path)) == parts


def test_movements_are_asked_for_where_compliance_wants_them():
    """`registration.active_liveness` set to never: the selfie is the last of the face."""
    set_value(key=ACTIVE_LIVENESS.key, value="never", note="test")
    assert missing_parts(make.started()) == [*BEGINNING, CaptureKind.SELFIE]


def test_every_part_has_its_page_and_its_step():
    """And the bar shows the steps in the same order."""
    assert set(PAGES) == set(WAY)
    assert tuple(NAMES) == STEPS
