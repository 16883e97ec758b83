"""Details of made-up people by type of document, and what a machine would read of their documents."""

import itertools
from datetime import date

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from realname.ids import citizen_id
from registration.documents import document_type
from registration.models import Application
from registration.services.correct_details import Details
from verification.checks.field_consistency import entered_text

_serial = itertools.count(1)
BIRTH = date(1990, 3, 7)
OF_SIDE = {"front": ("name", "sex", "ethnicity", "birth", "address", "id_number"), "back": ("authority", "valid_from", "valid_to")}
OF_ZONE = ("id_number", "name", "birth", "valid_to", "sex", "nationality", "issuing_state")
LOOKED_AT = {
    "turned": 0,
    "quality": [],
    "engine": "made up",
    "engine_version": "1",
    "quality_version": "1",
    "threshold": 0.9,
    "milliseconds": 1,
    "quality_milliseconds": 1,
}
# how long each is issued for, where it is not ten years
TERMS = {
    "resident_id_card": relativedelta(years=20),
    "temporary_id_card": relativedelta(months=3),
    "residence_permit": relativedelta(years=5),
    "taiwan_travel_permit": relativedelta(years=5),
}
CITIZENS = ("resident_id_card", "temporary_id_card", "household_register")


def new_id_number(*, birth: date = BIRTH, region: str = "110101") -> str:
    """A valid citizen ID number nobody else in this run has."""
    serial = next(_serial)
    # one birthday has 999 orders of registration: later people are born on later days
    day = date.fromordinal(birth.toordinal() + serial // 999)
    body = f"{region}{day:%Y%m%d}{serial % 999 + 1:03d}"
    return body + citizen_id.check_digit(body)


def new_number(code: str, *, birth: date = BIRTH) -> str:
    """A valid number of that type of document that nobody else in this run has."""
    if code in CITIZENS:
        return new_id_number(birth=birth)
    if code == "residence_permit":
        return new_id_number(birth=birth, region="810000")
    if code == "permanent_residence_card":
        body = f"911840{birth:%Y%m%d}{next(_serial) % 1000:03d}"
        return body + citizen_id.check_digit(body)
    serial = f"{next(_serial):08d}"
    return {
        "hk_macao_travel_permit": f"H{serial}",
        "taiwan_travel_permit": serial,
        "foreign_passport": f"E{serial}",
        "military_id": f"军字第{serial}号",
        "armed_police_id": f"武字第{serial}号",
    }[code]


def details(code: str = "resident_id_card", **changes) -> Details:
    """What the holder of such a document enters: the fields that its form has, and a residence."""
    number = changes.pop("id_number", "") or new_number(code)
    told = document_type(code).number.parse(number)
    latin = document_type(code).latin_first
    begin = timezone.localdate() - relativedelta(days=20)
    everything = {
        "name": "Anna Maria Eriksson" if latin else "张三丰",
        "other_name": "陈大文" if latin else "Chan Tai Man",
        "id_number": number,
        "issuing_state": "UTO",
        "nationality": "UTO",
        "sex": told.sex or "male",
        "ethnicity": "汉",
        "birth": told.birth or BIRTH,
        "address": "北京市东城区示例路1号",
        "authority": "北京市公安局东城分局",
        "valid_from": begin,
        "valid_to": begin + _term(code, told.birth or BIRTH, begin),
        "valid_long_term": False,
    }
    asked = {name: everything[name] for name in document_type(code).field_names}
    return {**asked, "residence": "北京市东城区示例路1号", "email": "", **changes}


def _term(code: str, birth: date, begin: date) -> relativedelta:
    """A child's ID card is issued for five years."""
    if code == "resident_id_card" and begin < birth + relativedelta(years=16):
        return relativedelta(years=5)
    return TERMS.get(code, relativedelta(years=10))


def readings(application: Application) -> dict[str, dict]:
    """What the machines would read of each photograph, by its kind: all that was entered, right, of those that are read."""
    document = application.document
    read: dict[str, dict] = {}
    for image in document.images:
        names = {"ocr": OF_SIDE[image.side], "mrz": OF_ZONE, "": ()}[image.reads]
        fields = {name: _seen(application, name) for name in names if document.has(name)}
        read[image.kind] = {**LOOKED_AT, "side": image.side, "fields": fields}
    return read


def _seen(application: Application, name: str) -> dict:
    return {"text": entered_text(application, name), "confidence": 0.99, "review": False}
