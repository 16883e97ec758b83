"""Fixed identities: one for each outcome of the taxonomy, known to every source, so that each can be met on purpose.

The numbers are valid by GB 11643 and made up: Beijing Dongcheng, born on 1980-01-01, orders 901 to 922 (docs/outside.md lists them).
"""

from sandbox.check_digit import check_character
from sandbox.state import Identity

BODY = "11010119800101"
FIRST_ORDER = 901
# in the order of the taxonomy; what all sources answer, if one word, else by source
OUTCOMES: tuple[tuple[str, str | dict[str, str]], ...] = (
    ("甲相符", "MATCH"),
    ("乙名异", "MISMATCH_NAME"),
    ("丙号异", "MISMATCH_ID"),
    ("丁皆异", "MISMATCH_BOTH"),
    ("戊不符", "MISMATCH_UNSPECIFIED"),
    ("己无录", "NO_RECORD"),
    ("庚太新", "TOO_NEW"),
    ("辛号段", "UNSUPPORTED_SEGMENT"),
    ("壬携转", "PORTED_RETRY_OTHER"),
    ("癸停机", "NUMBER_INACTIVE"),
    ("子易主", "NUMBER_RECYCLED"),
    ("丑电话", "INPUT_INVALID_PHONE"),
    ("寅号码", "INPUT_INVALID_ID"),
    ("卯姓名", "INPUT_INVALID_NAME"),
    ("辰繁忙", "SOURCE_BUSY"),
    ("巳停服", "SOURCE_DOWN"),
    # the sources disagree: each answers its own
    ("午冲突", {"authority": "NO_RECORD", "bureau": "MATCH", "operators": "NO_RECORD"}),
    ("未配额", "QUOTA_PARTNER"),
    ("申频查", "QUOTA_SUBJECT"),
    ("酉授权", "CONSENT_MISSING"),
    ("戌锁定", "SUBJECT_LOCKED"),
    ("亥待核", "PENDING_REVIEW"),
)


def _identity(index: int, name: str) -> Identity:
    body = f"{BODY}{FIRST_ORDER + index:03d}"
    return Identity(body + check_character(body), name)


_ANSWERS = {_identity(index, name).id_number: answer for index, (name, answer) in enumerate(OUTCOMES)}
IDENTITIES: dict[str, Identity] = {each.id_number: each for each in (_identity(i, name) for i, (name, _) in enumerate(OUTCOMES))}


def outcome_of(id_number: str, service: str) -> str:
    """What a source answers about a fixed identity; nothing where it compares."""
    answer = _ANSWERS[id_number]
    answer = answer if isinstance(answer, str) else answer[service]
    return "" if answer == "MATCH" else answer


def rows() -> list[tuple[str, str, str]]:
    """Name, ID number and answer, for the page."""
    return [(each.name, number, _shown(_ANSWERS[number])) for number, each in IDENTITIES.items()]


def _shown(answer: str | dict[str, str]) -> str:
    return answer if isinstance(answer, str) else "SOURCE_CONFLICT: " + ", ".join(f"{source} {each}" for source, each in answer.items())
