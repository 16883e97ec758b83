"""Which column means what, by its heading in Chinese or English."""

import unicodedata
from collections.abc import Sequence

from registration.bulk.errors import FileRefused
from registration.bulk.table import Cell

NAME, ID_NUMBER, PHONE = "name", "id_number", "phone"
NEEDED = (NAME, ID_NUMBER, PHONE)
_HEADINGS = {
    NAME: {"姓名", "使用人", "使用人姓名", "实际使用人", "实际使用人姓名", "员工姓名", "name", "fullname", "username"},
    ID_NUMBER: {
        "身份证", "身份证号", "身份证号码", "公民身份号码", "居民身份证号", "居民身份证号码", "证件号", "证件号码",
        "idnumber", "idno", "idcard", "idcardnumber", "citizenid", "citizenidnumber",
    },
    PHONE: {
        "手机", "手机号", "手机号码", "电话", "电话号码", "联系电话", "联系手机", "phone", "phonenumber", "phoneno", "mobile",
        "mobilenumber", "mobilephone", "telephone",
    },
}  # fmt: skip
_MEANING = {heading: meaning for meaning, headings in _HEADINGS.items() for heading in headings}


def meaning_of(heading: str) -> str | None:
    """NAME, ID_NUMBER, PHONE, or None for a column that is not read."""
    folded = unicodedata.normalize("NFKC", heading).lower()
    return _MEANING.get("".join(char for char in folded if char.isalnum()))


def columns_of(headings: Sequence[Cell]) -> dict[str, int]:
    """The place of each needed column. Raises FileRefused (missing, doubled)."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        meaning = meaning_of(heading.text)
        if meaning in found:
            raise FileRefused("bulk_headers_doubled")
        if meaning:
            found[meaning] = place
    if set(found) != set(NEEDED):
        raise FileRefused("bulk_headers_missing")
    return found
