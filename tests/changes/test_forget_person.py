"""R-28: with the person's erasure their changes end."""

import pytest

from changes.models import ChangeCode, ChangeRequest
from changes.services.forget_person import forget_person
from changes.states import ChangeStatus
from realname.trail.listeners import all_listeners
from realname.vault.erase import erase_person
from tests.factories import changes as make
from tests.factories.access import sign_in

pytestmark = pytest.mark.django_db


def test_open_changes_end_and_no_index_stays():
    change, other = make.awaiting_approval(), make.requested()
    erase_person(change.person_id)
    for _ in range(2):
        forget_person(person_id=change.person_id)
    statuses = dict(ChangeRequest.objects.values_list("pk", "status"))
    assert statuses == {change.pk: ChangeStatus.WITHDRAWN, other.pk: ChangeStatus.REQUESTED}
    assert list(ChangeCode.objects.filter(phone_index__isnull=False)) == [other.code]


def test_it_is_done_when_the_vault_says_so():
    (listener,) = [each for each in all_listeners() if each.name == "changes.forget_person"]
    assert listener.names == {"person.erased"}


def test_the_desk_shows_what_is_left(client):
    change = make.awaiting_approval()
    erase_person(change.person_id)
    sign_in(client)
    for page in ("/admin/changes/changerequest/", f"/admin/changes/changerequest/{change.pk}/case/"):
        assert client.get(page).status_code == 200
