"""The data of a specimen card, and invented people who are the same for the same seed."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from demo.specimens import people

Sex = Literal["male", "female"]

# GB 11643-1999, 6: ISO 7064 MOD 11-2.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"


def check_digit(first_17: str) -> str:
    """The 18th character of a citizen identification number (GB 11643-1999): 0 to 9 or X."""
    return _CHECK_CHARACTERS[sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True)) % 11]


@dataclass(frozen=True)
class IdCard:
    """What one resident ID card says. `ethnicity` as printed (汉, without 族); `valid_to` None is 长期."""

    name: str
    sex: Sex
    ethnicity: str
    birth: date
    address: str
    id_number: str
    authority: str
    valid_from: date
    valid_to: date | None

    @property
    def sex_label(self) -> str:
        """The character printed on the card."""
        return "男" if self.sex == "male" else "女"

    @property
    def validity_label(self) -> str:
        """The period as printed, such as 2023.04.01-2043.04.01 or 2023.04.01-长期."""
        return f"{self.valid_from:%Y.%m.%d}-" + (f"{self.valid_to:%Y.%m.%d}" if self.valid_to else "长期")

    @classmethod
    def make(cls, seed: int | str = 0, *, bad_check_digit: bool = False, expired: bool = False, region: str = "", **fields) -> "IdCard":
        """An invented person's card, the same for the same arguments.

        `fields` are fields of IdCard to fix. What is not given follows from what is: birth and sex from an
        `id_number`, the number from region code, birth and sex. `bad_check_digit` makes the last character wrong;
        `expired` makes a card whose validity ended before 2022. `region` is a code of `people.PLACES`.
        """
        rng = random.Random(f"specimen:{seed}")
        fields = _read_number(fields.get("id_number", "")) | fields
        place = people.PLACE_BY_CODE[region] if region else rng.choice(people.PLACES)
        sex = fields.get("sex") or rng.choice(("male", "female"))
        ethnicity = fields.get("ethnicity") or rng.choice(place.ethnicities)
        birth = fields.get("birth") or _birth(rng, expired=expired)
        valid_from, valid_to = _validity(rng, birth, expired=expired)
        made = {
            "name": _name(rng, sex, ethnicity),
            "sex": sex,
            "ethnicity": ethnicity,
            "birth": birth,
            "address": _address(rng, place),
            "id_number": _number(rng, place.code, birth, sex),
            "authority": place.authority,
            "valid_from": valid_from,
            "valid_to": valid_to,
        } | fields
        if bad_check_digit:
            made["id_number"] = _with_wrong_check_digit(made["id_number"])
        return cls(**made)


def _read_number(number: str) -> dict:
    if not number:
        return {}
    birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return {"birth": birth, "sex": "male" if int(number[16]) % 2 else "female"}


def _name(rng: random.Random, sex: Sex, ethnicity: str) -> str:
    if names := people.MINORITY_NAMES.get((ethnicity, sex)):
        return rng.choice(names)
    return rng.choice(people.SURNAMES) + rng.choice(people.GIVEN_MALE if sex == "male" else people.GIVEN_FEMALE)


def _birth(rng: random.Random, *, expired: bool) -> date:
    # An expired card must have been a ten-year one, so its holder was 16 to 25 when it was issued (2008 to 2011).
    first, last = (date(1986, 1, 1), date(1991, 12, 31)) if expired else (date(1952, 1, 1), date(2005, 12, 31))
    return first + timedelta(days=rng.randrange((last - first).days))


def _validity(rng: random.Random, birth: date, *, expired: bool) -> tuple[date, date | None]:
    """Issue day, and the end by age at issue (Resident Identity Card Law, article 5)."""
    first_year, last_year = (2008, 2011) if expired else (2021, 2025)
    issued = date(rng.randint(first_year, last_year), rng.randint(1, 12), rng.randint(1, 28))
    age = issued.year - birth.year - ((issued.month, issued.day) < (birth.month, birth.day))
    if age >= 46 and not expired:
        return issued, None
    years = 5 if age < 16 else 10 if age < 26 or expired else 20
    return issued, issued.replace(year=issued.year + years)


def _address(rng: random.Random, place: people.Place) -> str:
    street = f"{rng.choice(people.ROADS)}{rng.randint(1, 399)}号{rng.choice(people.ESTATES)}"
    flat = f"{rng.randint(1, 28)}号楼{rng.randint(1, 6)}单元{rng.randint(1, 18)}0{rng.randint(1, 4)}室"
    return place.name + street + (flat if rng.random() < 0.8 else "")


def _number(rng: random.Random, region: str, birth: date, sex: Sex) -> str:
    # The sequence's last digit is odd for men, even for women (GB 11643-1999, 5.3).
    sequence = rng.randrange(1, 490) * 2 + (1 if sex == "male" else 0)
    first_17 = f"{region}{birth:%Y%m%d}{sequence:03d}"
    return first_17 + check_digit(first_17)


def _with_wrong_check_digit(number: str) -> str:
    right = int(check_digit(number[:17]).replace("X", "10"))
    return number[:17] + str((right + 1) % 10)
