"""Consents: each by itself, by version, and as easily taken back as given."""

import dataclasses

import pytest

from realname.trail.models import Event
from registration.errors import ApplicationClosed, ApplicationIncomplete
from registration.models import Application, Person
from registration.notices import NOTICES
from registration.services import give_consent
from registration.services.give_consent import choose_path, give_consents
from registration.services.start_application import start_application
from registration.states import ConsentPurpose, StatementWay, VerificationPath
from tests.factories import registration as make

pytestmark = pytest.mark.django_db

P = ConsentPurpose


def start(purposes: set[str], path: str = VerificationPath.FACE) -> Application:
    return start_application(actor=make.person_actor(), path=path, purposes=purposes, language="zh-hans", statement_way="shop")


@pytest.mark.parametrize(
    ("purposes", "path", "code"),
    [
        (set(), "face", "consent_missing"),
        ({P.TERMS, P.FACE}, "face", "consent_missing"),
        ({P.TERMS, P.IDENTITY}, "face", "face_consent_missing"),
        ({P.IDENTITY}, "face_free", "consent_missing"),
    ],
)
def test_nothing_begins_without_the_consents_it_needs(purposes, path, code):
    """R-26, R-34."""
    with pytest.raises(ApplicationIncomplete) as refused:
        start(purposes, path)
    assert refused.value.code == code
    assert not Application.objects.exists()
    assert not Person.objects.exists()


def test_each_consent_is_kept_with_version_language_and_digest_of_its_notice():
    """R-27. Nobody agrees for somebody else where nobody acts for anybody."""
    application = start(set(P))
    given = {consent.purpose: consent for consent in application.consents.all()}
    assert set(given) == {P.TERMS, P.IDENTITY, P.FACE}
    for purpose, consent in given.items():
        notice = NOTICES[purpose]
        assert (consent.version, consent.language, consent.notice_digest) == (notice.version, "zh-hans", notice.digest("zh-hans"))
    assert Event.objects.filter(name="consent.given", subject_id=str(application.pk)).count() == 3


def test_the_face_free_way_asks_for_no_consent_to_faces():
    """R-33, R-38: not even where the box came ticked."""
    application = start(set(P), VerificationPath.FACE_FREE)
    assert set(application.consents.values_list("purpose", flat=True)) == {P.TERMS, P.IDENTITY}


def test_given_again_it_is_the_same_consent():
    application = start(set(P))
    give_consents(actor=make.person_actor(application), application=application, purposes=set(P), language="zh-hans")
    assert application.consents.count() == 3


def test_a_new_version_is_asked_for_and_takes_the_place_of_the_old(monkeypatch):
    """R-26."""
    application = start(set(P))
    newer = {**NOTICES, P.IDENTITY: dataclasses.replace(NOTICES[P.IDENTITY], version="next")}
    monkeypatch.setattr(give_consent, "NOTICES", newer)
    give_consents(actor=make.person_actor(application), application=application, purposes=set(P), language="zh-hans")
    identity = application.consents.filter(purpose=P.IDENTITY)
    assert identity.get(withdrawn_at__isnull=False).version == NOTICES[P.IDENTITY].version
    assert identity.get(withdrawn_at__isnull=True).version == "next"
    assert application.consents.filter(withdrawn_at__isnull=True).count() == 3


def _to_the_free_way(application: Application) -> Application:
    return choose_path(
        actor=make.person_actor(application),
        application_id=application.pk,
        path=VerificationPath.FACE_FREE,
        purposes={P.TERMS, P.IDENTITY},
        language="zh-hans",
        statement_way=StatementWay.VIDEO,
    )


def test_leaving_the_face_way_takes_the_consent_back_and_the_service_goes_on():
    """R-26, R-33: in one step, without a drawback."""
    application = _to_the_free_way(start(set(P)))
    assert application.face_free
    assert application.editable
    assert application.consents.get(purpose=P.FACE).withdrawn_at
    _to_the_free_way(application)
    assert Event.objects.filter(name="consent.withdrawn", subject_id=str(application.pk)).count() == 1


def test_the_way_cannot_change_once_handed_in():
    application = make.submitted()
    with pytest.raises(ApplicationClosed):
        _to_the_free_way(application)
    assert application.consents.get(purpose=P.FACE).withdrawn_at is None
