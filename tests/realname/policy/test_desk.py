"""The policy's pages: what compliance reads and does there (R-29)."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from realname.access.actor import Actor
from realname.access.models import Role
from realname.policy import parameters, rehearsal, values
from realname.policy.models import DryRun, PolicyDraft, PolicyVersion
from realname.policy.services import dry_run
from tests.factories import desk
from tests.factories import policy as make

pytestmark = pytest.mark.django_db

LIST = "/admin/policy/policyversion/"


@pytest.fixture(autouse=True)
def registry():
    """The product's own parameters."""
    values.forget()
    yield parameters._registry
    values.forget()


@pytest.fixture
def me(db):
    with translation.override("en"):
        yield in_english()


def in_english():
    """A compliance officer, signed in."""
    client = desk.signed_in(Role.COMPLIANCE)
    client.cookies["django_language"] = "en"
    return client


def actor_of(client) -> Actor:
    return Actor(kind="staff", id=str(client.user.pk), name=client.user.username, role="compliance")


def begun(client) -> PolicyDraft:
    response = client.post(f"{LIST}drafts/start/")
    draft = PolicyDraft.objects.latest("created_at")
    assert response.headers["Location"] == f"{LIST}drafts/{draft.pk}/"
    return draft


def fields(client, draft: PolicyDraft, section: str, **changed: str) -> dict[str, str]:
    """What the browser would send from the section's page."""
    form = client.get(f"{LIST}drafts/{draft.pk}/edit/{section}/").context["form"]
    return {name: str(form.initial[name]) for name in form.fields} | changed


def test_the_list_says_of_every_parameter_what_it_is_and_may_be(me):
    make.published({"registration.line_limit": 4}, note="Stricter.")
    page = me.get(LIST)
    rows = {row["key"]: row for section in page.context["sections"] for row in section["rows"]}
    assert set(rows) == {one.key for one in parameters.all_parameters()}
    row = rows["registration.line_limit"]
    assert (row["value"], row["default"], row["bounds"], row["source"], row["since"].number) == ("4", "5", "1 to 50", "R-13", 1)
    assert rows["verification.outcome.face_mismatch"]["bounds"] == "Rejected · To be reviewed"
    assert rows["risk.high_at"]["since"] is None


def test_from_draft_to_publication_by_two_people(me):
    draft = begun(me)
    url = f"{LIST}drafts/{draft.pk}/"
    sent = fields(me, draft, "registration", **{"registration.line_limit": "4", "registration.active_liveness": "never"})
    assert me.post(f"{url}edit/registration/", sent).status_code == 302
    me.post(f"{url}explain/", {"revision": "2", "reason": "The province asks for it.", "acts_from": ""})
    me.post(f"{url}dry-run/start/", {"wanted": "50"})
    dry_run.run_dry_run(run_id=DryRun.objects.get().pk)
    assert me.post(f"{url}propose/", {"revision": "3"}).status_code == 302
    # the drafter finds no button, and a request made by hand is refused
    assert "/publish/" not in me.get(url).content.decode()
    me.post(f"{url}publish/", {"revision": "3"})
    assert not PolicyVersion.objects.exists()
    second = in_english()
    assert f"{url}publish/" in second.get(url).content.decode()
    second.post(f"{url}publish/", {"revision": "3"})
    version = PolicyVersion.objects.get()
    assert version.values == {"registration.line_limit": 4, "registration.active_liveness": "never"}
    assert (version.drafter_id, version.publisher_id) == (str(me.user.pk), str(second.user.pk))
    assert "Acts now" in me.get(f"{LIST}history/").content.decode()


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("verification.face_match_at", "0.1", "0.36"),
        ("verification.face_match_at", "nan", "number"),
        ("verification.face_match_at", "0,42", "number"),
        ("verification.rounds", "3.5", "whole number"),
        ("verification.rounds", "9" * 5000, "whole number"),
        ("verification.rounds", "", "required"),
        ("verification.rounds", "<script>", "whole number"),
        ("verification.face_review_at", "0.5", "below"),
    ],
)
def test_what_is_refused_is_said_at_its_field_and_nothing_is_changed(me, key, text, says):
    draft = begun(me)
    # 0.5 is within its bounds, but above the match: the match is what lies too low
    at = "verification.face_match_at" if key == "verification.face_review_at" else key
    page = me.post(f"{LIST}drafts/{draft.pk}/edit/verification/", fields(me, draft, "verification", **{key: text}))
    assert page.status_code == 422
    assert says in str(page.context["form"].errors[at])
    draft.refresh_from_db()
    assert (draft.changes, draft.revision) == ({}, 1)


def test_a_choice_that_is_none_is_refused(me):
    """R-29: no form makes an approval out of a failed check."""
    draft = begun(me)
    sent = fields(me, draft, "verification.outcome", **{"verification.outcome.face_mismatch": "approve"})
    page = me.post(f"{LIST}drafts/{draft.pk}/edit/verification.outcome/", sent)
    assert page.status_code == 422
    draft.refresh_from_db()
    assert draft.changes == {}


def test_somebody_elses_draft_is_read_and_not_written(me):
    draft = make.drafted({"registration.line_limit": 4})
    url = f"{LIST}drafts/{draft.pk}/"
    sent = fields(me, draft, "registration", **{"registration.line_limit": "7"})
    for act, data in (("edit/registration", sent), ("withdraw", {}), ("propose", {"revision": "3"})):
        assert me.post(f"{url}{act}/", data).status_code == 302
    draft.refresh_from_db()
    assert (draft.status, draft.changes) == ("drafting", {"registration.line_limit": 4})
    assert "Change parameters" not in me.get(url).content.decode()


def test_what_changed_underneath_is_shown(me):
    draft = make.drafted({"registration.line_limit": 4}, actor=actor_of(me))
    make.published({"registration.line_limit": 3, "verification.review_hours": 12})
    page = me.get(f"{LIST}drafts/{draft.pk}/")
    assert [(row.key, row.old, row.new) for row in page.context["underneath"]] == [
        ("registration.line_limit", "5", "3"),
        ("verification.review_hours", "24", "12"),
    ]
    assert [str(clash) for clash in page.context["clashes"]] == ["Lines a person may hold"]
    me.post(f"{LIST}drafts/{draft.pk}/renew/", {"revision": str(draft.revision)})
    draft.refresh_from_db()
    assert (draft.base, draft.changes) == (1, {"registration.line_limit": 4})


@pytest.mark.parametrize(
    "address",
    [
        f"{LIST}drafts/7d0c1d7e-0000-4000-8000-000000000000/",
        f"{LIST}history/99999999999999999999/cancel/",
        f"{LIST}history/7/cancel/",
    ],
)
def test_what_is_not_there_is_not_found(me, address):
    answer = me.post(address, {"note": "n"}) if address.endswith("cancel/") else me.get(address)
    assert answer.status_code == 404


def test_a_section_that_is_none_is_not_found(me):
    assert me.get(f"{LIST}drafts/{begun(me).pk}/edit/nothing/").status_code == 404


@pytest.mark.parametrize("revision", ["", "x", "-1", "²", "9" * 40])
def test_a_hostile_revision_is_no_revision(me, revision):
    draft = make.proposed({"verification.review_hours": 12})
    me.post(f"{LIST}drafts/{draft.pk}/publish/", {"revision": revision})
    assert not PolicyVersion.objects.exists()
    me.post(f"{LIST}drafts/{draft.pk}/explain/", {"revision": revision, "reason": "r"})
    draft.refresh_from_db()
    assert draft.reason == "test"


@pytest.mark.parametrize("like", ["x", "-1", "²", "99999999999999999", "1e3"])
def test_a_hostile_return_is_an_empty_draft_or_none(me, like):
    assert me.post(f"{LIST}drafts/start/", {"like": like}).status_code in {302, 404}
    assert not PolicyDraft.objects.exclude(changes={}).exists()


def test_a_reason_is_shown_as_text(me):
    make.published({"verification.review_hours": 12}, note="<script>alert(1)</script>")
    assert "<script>alert(1)" not in me.get(f"{LIST}history/").content.decode()


def test_the_dry_run_renews_itself_until_it_is_done(me):
    draft = make.drafted({"registration.line_limit": 4}, actor=actor_of(me))
    me.post(f"{LIST}drafts/{draft.pk}/dry-run/start/", {"wanted": "10"})
    part = f"{LIST}drafts/{draft.pk}/dry-run/"
    assert "hx-get" in me.get(part).content.decode()
    dry_run.run_dry_run(run_id=DryRun.objects.get().pk)
    assert "hx-get" not in me.get(part).content.decode()
    assert me.post(f"{part}start/", {"wanted": "0"}).status_code == 422
    assert me.post(f"{part}start/", {"wanted": "many"}).status_code == 422
    assert DryRun.objects.count() == 1


def test_a_second_rehearsal_stops_the_start():
    with pytest.raises(ImproperlyConfigured, match="twice"):
        rehearsal.register(rehearsal.registered())


def test_every_parameter_has_a_label_and_a_source():
    for one in parameters.all_parameters():
        assert str(one.label), one.key
        assert one.source, one.key
