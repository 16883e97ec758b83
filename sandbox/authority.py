"""The population registry, played: does this name belong to this ID number?

A closed register: a number that is not listed is NO_RECORD. A business outcome is never an HTTP error.
"""

import uuid

from sandbox.state import ID_NUMBER, Invalid, State, tidy

# GB 11643-1999: weights of the first 17 digits, and the check characters by remainder (ISO 7064 MOD 11-2).
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"


def check_identity(state: State, payload: object) -> dict:
    """Answer {outcome, request_id}; the same request_key, the same request_id. Raises Invalid if it is no such question."""
    if not isinstance(payload, dict):
        raise Invalid("The question is an object with name and id_number.")
    name, id_number, request_key = (payload.get(key, "") for key in ("name", "id_number", "request_key"))
    if not all(isinstance(value, str) for value in (name, id_number, request_key)):
        raise Invalid("name, id_number and request_key are text.")
    request_id = uuid.uuid5(uuid.NAMESPACE_OID, request_key) if request_key else uuid.uuid4()
    return {"outcome": _outcome(state, tidy(name), tidy(id_number).upper()), "request_id": str(request_id), "sandbox": True}


def _outcome(state: State, name: str, id_number: str) -> str:
    if not name or len(name) > 100:
        return "INPUT_INVALID_NAME"
    if not ID_NUMBER.fullmatch(id_number) or _check_character(id_number) != id_number[17]:
        return "INPUT_INVALID_ID"
    identity = state.identity(id_number)
    if identity is None:
        return "NO_RECORD"
    return identity.outcome or ("MATCH" if identity.name == name else "MISMATCH_NAME")


def _check_character(id_number: str) -> str:
    return CHECK_CHARACTERS[sum(int(digit) * weight for digit, weight in zip(id_number[:17], WEIGHTS, strict=True)) % 11]
