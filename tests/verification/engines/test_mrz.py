"""Zones off photographs (ICAO Doc 9303): read with every check digit right, or not at all."""

from datetime import date

import numpy as np
import pytest

from demo.specimens import draw_front, photograph
from demo.specimens.card import IdCard
from demo.specimens.travel_documents import Traveller, draw_passport, draw_permit_back, passport_zone
from tests.realname.ids.mrz_zones import TD1_SPECIMEN, TD3_SPECIMEN
from verification.engines.base import TextLine
from verification.engines.ocr.mrz import ZoneReader, fitted, tidy, zone_of

TODAY = date(2026, 11, 24)
QUAD = np.zeros((4, 2), np.float32)


def read_as(*readings: tuple[str, ...] | str):
    """Lines as the two models read them."""
    both = [(one, one) if isinstance(one, str) else one for one in readings]
    return [[TextLine(text=text, confidence=0.99, quad=QUAD) for text in texts] for texts in both]


def test_the_last_lines_that_fit_are_the_zone():
    found = zone_of(read_as("PASSPORT<<<<<<<<<<<<<<<<<<<<<<<<", *TD3_SPECIMEN), today=TODAY)
    assert (found.zone.number, found.doubtful) == ("L898902C3", frozenset())
    assert zone_of(read_as(*TD1_SPECIMEN), today=TODAY).zone.layout == "TD1"


@pytest.mark.parametrize("fillers", [15, 18, 20, 25])
def test_the_length_of_a_run_of_fillers_is_the_layouts_to_say(fillers):
    first = TD3_SPECIMEN[0].rstrip("<") + "<" * fillers
    assert zone_of(read_as(first, TD3_SPECIMEN[1]), today=TODAY).zone.name == "ERIKSSON ANNA MARIA"


def test_o_and_0_are_told_by_what_a_field_can_hold():
    """States and names have letters only, dates and check digits digits only; a number may have both, and is taken as read."""
    first = TD3_SPECIMEN[0].replace("UTO", "UT0")
    second = TD3_SPECIMEN[1].replace("UTO", "UT0")[:13] + TD3_SPECIMEN[1][13:].replace("0", "O")
    zone = zone_of(read_as(first, second), today=TODAY).zone
    assert (zone.issuing_state, zone.nationality, zone.expiry) == ("UTO", "UTO", date(2012, 4, 15))
    assert zone_of(read_as(first, TD3_SPECIMEN[1].replace("L898902C3", "L8989O2C3")), today=TODAY) is None


@pytest.mark.parametrize("place", range(28))
def test_check_digits_never_mend(place):
    """A sign misread is not looked for: no zone, whatever would fit."""
    second = TD3_SPECIMEN[1]
    if second[place] in "UTOF<":
        return
    other = "7" if second[place] != "7" else "1"
    found = zone_of(read_as(TD3_SPECIMEN[0], second[:place] + other + second[place + 1 :]), today=TODAY)
    assert found is None


def test_of_two_readings_the_one_whose_check_digits_fit_is_taken_and_doubted():
    """Nothing confirms it."""
    wrong = TD3_SPECIMEN[1].replace("L8", "E8")
    found = zone_of(read_as(TD3_SPECIMEN[0], (wrong, TD3_SPECIMEN[1])), today=TODAY)
    assert (found.zone.number, found.doubtful) == ("L898902C3", {"number", "rest"})


def test_a_number_of_which_two_readings_fit_is_doubted():
    """L weighs 21 and 1 weighs 1: modulo 10 they are the same."""
    other = TD3_SPECIMEN[1].replace("L8", "18")
    found = zone_of(read_as(TD3_SPECIMEN[0], (TD3_SPECIMEN[1], other)), today=TODAY)
    assert (found.zone.number, found.doubtful) == ("L898902C3", {"number"})


def test_a_sign_lost_before_the_state_is_noticed():
    """P<UTOERIKSSON read as PUTOERIKSSON would be issued by TOE."""
    first = TD3_SPECIMEN[0].replace("P<", "P") + "<"
    assert zone_of(read_as(first, TD3_SPECIMEN[1]), today=TODAY) is None


def test_letters_behind_the_names_are_no_names():
    """A sign read into the fillers: not this reading."""
    first = TD3_SPECIMEN[0][:-1] + "A"
    assert zone_of(read_as(first, TD3_SPECIMEN[1]), today=TODAY) is None
    assert zone_of(read_as((first, TD3_SPECIMEN[0]), TD3_SPECIMEN[1]), today=TODAY).zone.name == "ERIKSSON ANNA MARIA"


def test_names_that_two_models_read_differently_are_doubted():
    """No check digit stands over them."""
    found = zone_of(read_as((TD3_SPECIMEN[0], TD3_SPECIMEN[0].replace("RIK", "R1K")), TD3_SPECIMEN[1]), today=TODAY)
    assert (found.zone.surname, found.doubtful) == ("ERIKSSON", {"names"})


@pytest.mark.parametrize(
    "lines", [(), ("<" * 44,), ("<" * 44,) * 2, ("<" * 30,) * 3, ("A" * 44, "B" * 44), ("护照" * 22,) * 2, ("0" * 500,) * 3]
)
def test_what_is_no_zone_is_none(lines):
    assert zone_of(read_as(*lines), today=TODAY) is None


def test_writing_is_tidied_but_nothing_is_invented():
    assert tidy(" p＜uto《a«b ") == "P<UTO<<A<<B"
    assert fitted("AB<<<<C", 9) == "AB<<<<<<C"
    assert fitted("ABC", 9) is None and fitted("A" * 50 + "<<<", 44) is None


@pytest.fixture(scope="module")
def reader(models) -> ZoneReader:
    return ZoneReader(models)


def bgr(image) -> np.ndarray:
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])


@pytest.mark.slow
@pytest.mark.parametrize("condition", ["clean", "rotated_90", "tilted"])
@pytest.mark.parametrize(
    ("make", "draw"), [(Traveller.passport, draw_passport), (Traveller.permit, draw_permit_back)], ids=["passport", "permit"]
)
def test_reads_specimens_as_a_telephone_sees_them(reader, condition, make, draw):
    for seed in range(3):
        who = make(seed)
        zone = reader.read(bgr(photograph(draw(who), condition=condition, seed=seed))).zone
        assert zone is not None, seed
        assert (zone.number, zone.birth, zone.expiry, zone.sex) == (who.number, who.birth, who.valid_to, who.sex)


@pytest.mark.slow
def test_finds_none_where_there_is_none(reader):
    """An ID card, an empty page, noise."""
    pictures = [
        bgr(photograph(draw_front(IdCard.make(1)), seed=1)),
        np.full((900, 1200, 3), 230, np.uint8),
        np.random.default_rng(0).integers(0, 255, (800, 1000, 3), np.uint8),
    ]
    assert [reader.read(picture).zone for picture in pictures] == [None, None, None]


@pytest.mark.slow
def test_a_zone_with_a_changed_digit_is_not_read(reader, monkeypatch):
    """An altered passport: the number printed does not fit its check digit."""
    from demo.specimens import travel_documents

    who = Traveller.passport(1)
    first, second = passport_zone(who)
    altered = str((int(second[5]) + 1) % 10)
    monkeypatch.setattr(travel_documents, "passport_zone", lambda _who: (first, second[:5] + altered + second[6:]))
    assert reader.read(bgr(photograph(draw_passport(who), seed=1))).zone is None
