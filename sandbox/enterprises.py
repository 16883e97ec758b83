"""The register of enterprises, played: a few made-up organisations, and nobody else.

Their codes are valid by GB 32100 and made up (docs/outside.md lists them). A business outcome is never an HTTP error.
"""

import uuid
from dataclasses import dataclass

from sandbox.state import Invalid, State, tidy


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One of the register. `standing` is answered instead of the comparison, where it is set."""

    name: str
    legal_representative: str
    standing: str = ""


ENTERPRISES: dict[str, Enterprise] = {
    "91110101MA00000018": Enterprise("甲示例科技有限公司", "赵一"),
    "91110101MA0000002B": Enterprise("乙示例商贸有限公司", "钱二"),
    "91110101MA0000003E": Enterprise("丙示例物流有限公司", "孙三", "ENDED"),
    "91110101MA0000004H": Enterprise("丁示例传媒有限公司", "李四", "SOURCE_BUSY"),
}


def check_organisation(state: State, service: str, payload: object) -> dict:
    """Do name, credit code and legal representative belong together? Answers {outcome, request_id}. Raises Invalid."""
    asked = _read(payload)
    known = ENTERPRISES.get(asked["credit_code"].upper())
    outcome = _outcome(known, asked)
    key = asked["request_key"]
    if key and outcome != "SOURCE_BUSY":
        state.charge(service, key, "organisation", asked["credit_code"])
    return {"outcome": outcome, "request_id": str(uuid.uuid5(uuid.NAMESPACE_OID, key) if key else uuid.uuid4()), "sandbox": True}


def rows() -> list[tuple[str, str, str]]:
    """Name, code and what is answered, for the page."""
    return [(each.name, f"{code} {each.legal_representative}", each.standing or "MATCH") for code, each in ENTERPRISES.items()]


def _outcome(known: Enterprise | None, asked: dict[str, str]) -> str:
    if known is None:
        return "NO_RECORD"
    if known.standing:
        return known.standing
    name, representative = known.name == asked["name"], known.legal_representative == asked["legal_representative"]
    return {
        (True, True): "MATCH",
        (False, True): "MISMATCH_NAME",
        (True, False): "MISMATCH_REPRESENTATIVE",
        (False, False): "MISMATCH_BOTH",
    }[name, representative]


def _read(payload: object) -> dict[str, str]:
    fields = ("name", "credit_code", "legal_representative", "request_key")
    if not isinstance(payload, dict):
        raise Invalid("The question is an object with " + ", ".join(fields) + ".")
    values = {key: payload.get(key, "") for key in fields}
    if not all(isinstance(value, str) for value in values.values()):
        raise Invalid(", ".join(fields) + " are text.")
    return {key: value if key == "request_key" else tidy(value) for key, value in values.items()}
