"""Which column means what, by its heading in Chinese or English, or as somebody chose."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from realname.ids.written import compact
from registration.bulk.errors import ColumnsUnknown, FileRefused
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
# an ID number or a phone number, which no column is called
_OF_A_PERSON = re.compile(r"\+?[0-9]{11,}[0-9Xx]?")
_MEANING = {heading: meaning for meaning, headings in _HEADINGS.items() for heading in headings}


def meaning_of(heading: str) -> str | None:
    """NAME, ID_NUMBER, PHONE, or None for a column that is not known."""
    return _MEANING.get(folded(heading))


def folded(heading: str) -> str:
    """The heading's letters and digits, in one written form."""
    return "".join(char for char in unicodedata.normalize("NFKC", heading).lower() if char.isalnum())


def require_headings(headings: Sequence[Cell]) -> None:
    """Raises FileRefused where the first row is somebody's already."""
    if any(_OF_A_PERSON.fullmatch(compact(heading.text)) for heading in headings):
        raise FileRefused("bulk_headers_missing")


def columns_of(headings: Sequence[Cell], chosen: Mapping[str, int] | None = None) -> dict[str, int]:
    """The place of each needed column: as chosen, or by its heading. Raises ColumnsUnknown (missing, doubled, wrongly chosen)."""
    if chosen:
        if set(chosen) != set(NEEDED) or len(set(chosen.values())) != len(NEEDED) or not set(chosen.values()) <= set(range(len(headings))):
            raise ColumnsUnknown("bulk_columns")
        return {meaning: chosen[meaning] for meaning in NEEDED}
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        meaning = meaning_of(heading.text)
        if meaning in found:
            raise ColumnsUnknown("bulk_headers_doubled")
        if meaning:
            found[meaning] = place
    if set(found) != set(NEEDED):
        raise ColumnsUnknown("bulk_headers_unknown")
    return found
