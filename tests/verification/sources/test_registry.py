"""The population registry, asked over real HTTP."""

from datetime import UTC, datetime, timedelta

import pytest

from realname.outside import SourceAnswerInvalid, SourceRefused, SourceUnavailable
from verification.sources import IdentitySource, Outcome, PopulationRegistry

NAME, NUMBER, UNKNOWN = "司马核验", "11010519491231002X", "110105199003071239"


@pytest.fixture
def registry(sandbox) -> IdentitySource:
    """A registry that knows one person."""
    sandbox.add_identity(NAME, NUMBER)
    return PopulationRegistry()


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
def test_the_register_answers(registry, _case, name, id_number, outcome):
    """A business outcome is an answer, never an error."""
    assert registry.check_identity(name, id_number, "key").outcome == outcome


@pytest.mark.parametrize("outcome", [each for each in Outcome if each not in {Outcome.SOURCE_BUSY, Outcome.SOURCE_DOWN}])
def test_every_outcome_of_the_taxonomy_comes_through(sandbox, registry, outcome):
    sandbox.add_identity(NAME, NUMBER, outcome=outcome.value)

    assert registry.check_identity(NAME, NUMBER, "key").outcome is outcome


@pytest.mark.parametrize("outcome", ["SOURCE_BUSY", "SOURCE_DOWN"])
def test_a_source_that_says_it_cannot_is_unavailable(sandbox, registry, outcome):
    """P-VER-6: not checked differs from checked and bad."""
    sandbox.add_identity(NAME, NUMBER, outcome=outcome)

    with pytest.raises(SourceUnavailable):
        registry.check_identity(NAME, NUMBER, "key")


def test_an_outcome_we_do_not_know_is_never_a_pass(sandbox, registry):
    sandbox.add_identity(NAME, NUMBER, outcome="MATCH_PERHAPS")

    with pytest.raises(SourceAnswerInvalid) as caught:
        registry.check_identity(NAME, NUMBER, "key")
    assert caught.value.reason == "outcome_unknown"


def test_an_answer_carries_its_provenance_and_nothing_personal(registry):
    """P-VER-2, P-VER-7: source, time, digest and the source's own reference."""
    answer = registry.check_identity(NAME, NUMBER, "key-1")

    assert answer.source == "population_registry"
    assert len(answer.digest) == 64
    assert answer.milliseconds >= 0
    assert datetime.now(UTC) - answer.asked_at < timedelta(seconds=10)
    assert NAME not in repr(answer)
    assert NUMBER not in repr(answer)


def test_the_same_key_is_the_same_question(registry):
    """A check asked again after a crash has one reference at the source."""
    first = registry.check_identity(NAME, NUMBER, "key-2")

    assert registry.check_identity(NAME, NUMBER, "key-2").reference == first.reference
    assert registry.check_identity(NAME, NUMBER, "key-3").reference != first.reference


def test_a_wrong_key_is_our_fault(registry, settings):
    settings.AUTHORITY_KEY = "wrong"

    with pytest.raises(SourceRefused):
        registry.check_identity(NAME, NUMBER, "key")
