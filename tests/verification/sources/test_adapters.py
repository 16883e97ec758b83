"""Each source, asked over real HTTP (P-VER-2): what comes through the wire, and what does not."""

from datetime import UTC, datetime, timedelta

import pytest

from realname.outside import SignedClient, SourceAnswerInvalid, SourceRefused, SourceUnavailable
from sandbox.fixed import IDENTITIES, OUTCOMES, outcome_of
from verification.sources import Fact, Outcome, Question
from verification.sources.order import SOURCES
from verification.sources.signed import NOT_ANSWERED

pytestmark = pytest.mark.django_db

NAME, NUMBER, UNKNOWN, PHONE = "司马核验", "11010519491231002X", "110105199003071239", "13800138000"
SERVICES = {"population_registry": "authority", "credit_bureau": "bureau", "operator_exchange": "operators"}
FIXED = dict(zip((answer if isinstance(answer, str) else "SOURCE_CONFLICT" for _, answer in OUTCOMES), IDENTITIES.values(), strict=True))


@pytest.fixture
def known(sandbox):
    """A register that knows one person with one phone number and three lines elsewhere."""
    sandbox.add_identity(NAME, NUMBER, phone=PHONE, lines=3)
    return sandbox


def ask(source: str, fact: Fact, *, key: str = "key", name: str = NAME, id_number: str = NUMBER, phone: str = PHONE, **more):
    return SOURCES[source].ask(Question(fact, name=name, id_number=id_number, phone=phone, **more), key)


@pytest.mark.parametrize("source", ["population_registry", "credit_bureau"])
@pytest.mark.parametrize(
    ("_case", "name", "id_number", "outcome"),
    [
        ("known", NAME, NUMBER, Outcome.MATCH),
        ("known, lower-case x", NAME, NUMBER.lower(), Outcome.MATCH),
        ("full width and spaces", f"　{NAME} ", "１１０１０５１９４９１２３１００２Ｘ", Outcome.MATCH),
        ("another name", "司马何验", NUMBER, Outcome.MISMATCH_NAME),
        ("not listed", NAME, UNKNOWN, Outcome.NO_RECORD),
        ("bad check digit", NAME, "110105194912310021", Outcome.INPUT_INVALID_ID),
        ("no number", NAME, "", Outcome.INPUT_INVALID_ID),
        ("no name", "", NUMBER, Outcome.INPUT_INVALID_NAME),
        ("very long name", "长" * 5000, NUMBER, Outcome.INPUT_INVALID_NAME),
    ],
)
def test_name_and_number(known, source, _case, name, id_number, outcome):
    """A business outcome is an answer, never an error."""
    assert ask(source, Fact.IDENTITY, name=name, id_number=id_number).outcome == outcome


@pytest.mark.parametrize("source", ["credit_bureau", "operator_exchange"])
@pytest.mark.parametrize(
    ("_case", "name", "phone", "outcome"),
    [
        ("theirs", NAME, PHONE, Outcome.MATCH),
        ("another's", NAME, "13800138001", Outcome.MISMATCH_UNSPECIFIED),
        ("no number", NAME, "12345", Outcome.INPUT_INVALID_PHONE),
        ("another name", "司马何验", PHONE, Outcome.MISMATCH_NAME),
    ],
)
def test_three_elements(known, source, _case, name, phone, outcome):
    assert ask(source, Fact.PHONE, name=name, phone=phone).outcome == outcome


@pytest.mark.parametrize(("id_number", "lines"), [(NUMBER, 3), (UNKNOWN, 0)])
def test_lines_with_other_operators(known, id_number, lines):
    """R-15: who is not known there has none."""
    answer = ask("operator_exchange", Fact.LINE_COUNT, id_number=id_number)
    assert (answer.outcome, answer.lines) == (Outcome.MATCH, lines)


@pytest.mark.parametrize("source", sorted(SOURCES))
@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_of_the_taxonomy_has_a_fixed_identity_at_every_source(sandbox, source, outcome):
    """Reachable over HTTP; what says that it can't answer is unavailable: not checked differs from checked and bad (P-VER-6)."""
    person, service = FIXED[outcome], SERVICES[source]
    fact = Fact.PHONE if Fact.PHONE in SOURCES[source].facts else Fact.IDENTITY
    expected = Outcome(outcome_of(person.id_number, service) or "MATCH")
    if expected in NOT_ANSWERED:
        with pytest.raises(SourceUnavailable) as caught:
            ask(source, fact, name=person.name, id_number=person.id_number)
        assert caught.value.reason == NOT_ANSWERED[expected]
    else:
        assert ask(source, fact, name=person.name, id_number=person.id_number).outcome is expected


def test_the_fixed_identity_of_a_conflict_is_answered_differently(sandbox):
    person = FIXED["SOURCE_CONFLICT"]
    answers = {
        each: ask(each, Fact.IDENTITY, name=person.name, id_number=person.id_number).outcome
        for each in ("population_registry", "credit_bureau")
    }
    assert answers == {"population_registry": Outcome.NO_RECORD, "credit_bureau": Outcome.MATCH}


@pytest.mark.parametrize(("name", "id_number"), [("司马何验", NUMBER), (NAME, UNKNOWN)])
def test_in_simple_mode_no_record_and_mismatch_look_the_same(known, name, id_number):
    """P-PAR-1."""
    answer = ask("population_registry", Fact.IDENTITY, name=name, id_number=id_number, simple=True)
    assert answer.outcome == Outcome.MISMATCH_UNSPECIFIED


@pytest.mark.parametrize("content", [{"lines": 1}, {"outcome": "MATCH_PERHAPS"}, {"outcome": None}, {"outcome": ["MATCH"]}])
def test_an_outcome_we_do_not_know_is_never_a_pass(monkeypatch, known, content):
    monkeypatch.setattr(SignedClient, "_parse", lambda self, body: content)
    with pytest.raises(SourceAnswerInvalid) as caught:
        ask("population_registry", Fact.IDENTITY)
    assert caught.value.reason == "outcome_unknown"


@pytest.mark.parametrize("lines", [None, -1, "3", 3.0, True, 10_001])
def test_a_count_that_is_none_is_never_a_pass(monkeypatch, known, lines):
    monkeypatch.setattr(SignedClient, "_parse", lambda self, body: {"outcome": "MATCH", "lines": lines})
    with pytest.raises(SourceAnswerInvalid):
        ask("operator_exchange", Fact.LINE_COUNT)


def test_an_answer_carries_its_provenance_and_nothing_personal(known):
    """P-VER-2, P-VER-7: source, time, digest and the source's own reference; a question says nothing of what it asks either."""
    answer = ask("population_registry", Fact.IDENTITY)

    assert answer.source == "population_registry"
    assert len(answer.digest) == 64
    assert answer.milliseconds >= 0
    assert datetime.now(UTC) - answer.asked_at < timedelta(seconds=10)
    for shown in (repr(answer), repr(Question(Fact.PHONE, name=NAME, id_number=NUMBER, phone=PHONE))):
        assert not any(personal in shown for personal in (NAME, NUMBER, PHONE))


def test_the_same_key_is_the_same_question_and_charged_once(known):
    """A check asked again after a crash has one reference at the source."""
    before = known.charges(NUMBER).get("authority/identity", 0)
    first = ask("population_registry", Fact.IDENTITY, key=f"a{before}")

    assert ask("population_registry", Fact.IDENTITY, key=f"a{before}").reference == first.reference
    assert ask("population_registry", Fact.IDENTITY, key=f"b{before}").reference != first.reference
    assert known.charges(NUMBER)["authority/identity"] - before == 2


@pytest.mark.parametrize(("source", "setting"), [("population_registry", "AUTHORITY_KEY"), ("credit_bureau", "BUREAU_KEY")])
def test_a_wrong_key_is_our_fault(known, settings, source, setting):
    setattr(settings, setting, "wrong")

    with pytest.raises(SourceRefused):
        ask(source, Fact.IDENTITY)


def test_a_portrait_goes_to_the_registry_alone(known, monkeypatch):
    """R-35: whatever the question carries, nobody else is shown a face."""
    sent, original = {}, SignedClient.post

    def spy(self, path, payload):
        sent[self.source] = "portrait" in payload
        return original(self, path, payload)

    monkeypatch.setattr(SignedClient, "post", spy)
    answers = {each: ask(each, Fact.IDENTITY, portrait=b"jpeg").portrait for each in ("population_registry", "credit_bureau")}

    assert sent == {"population_registry": True, "credit_bureau": False}
    assert answers == {"population_registry": "match", "credit_bureau": ""}
