"""The authorities, played: population registry, credit bureau and the exchange of the other operators.

A closed register that all three share: a number that is not listed is NO_RECORD. A business outcome is never an HTTP error.
"""

import re
import uuid

from sandbox.check_digit import check_character
from sandbox.fixed import IDENTITIES, outcome_of
from sandbox.state import ID_NUMBER, Identity, Invalid, State, tidy

PHONE = re.compile(r"1[3-9][0-9]{9}")
# In simple mode a source does not say what it is that does not match, nor whether it knows the person at all.
UNSPECIFIED = frozenset({"MISMATCH_NAME", "MISMATCH_ID", "MISMATCH_BOTH", "NO_RECORD"})
MODES = ("detailed", "simple")


def check_identity(state: State, service: str, payload: object) -> dict:
    """Does this name belong to this ID number? Asked with a portrait, whether the face is the person's, too.

    Answers {outcome, request_id[, portrait]}; the same request_key, the same request_id. Raises Invalid if it is no such question.
    """
    question = _read(payload, "name", "id_number")
    outcome = _identity_outcome(state, service, question)
    answer = _answer(state, service, "identity", question, _in_mode(outcome, question["mode"]))
    if payload.get("portrait"):
        # no model here: whoever matches is recognised, and nobody else has a portrait on file
        answer["portrait"] = "match" if outcome == "MATCH" else "no_portrait"
    return answer


def check_phone(state: State, service: str, payload: object) -> dict:
    """Do name, ID number and phone belong together (three elements)? Answers {outcome, request_id}. Raises Invalid."""
    question = _read(payload, "name", "id_number", "phone")
    outcome = _identity_outcome(state, service, question)
    if outcome in {"MATCH", "MISMATCH_NAME", "NO_RECORD"} and not PHONE.fullmatch(question["phone"]):
        outcome = "INPUT_INVALID_PHONE"
    elif outcome == "MATCH" and not _phone_is_theirs(state, question):
        outcome = "MISMATCH_UNSPECIFIED"
    return _answer(state, service, "phone", question, _in_mode(outcome, question["mode"]))


def count_lines(state: State, service: str, payload: object) -> dict:
    """How many lines has this ID number with the other operators? Answers {outcome, lines, request_id}. Raises Invalid."""
    question = _read(payload, "id_number")
    identity = _known(state, question["id_number"])
    fixed = _fixed_outcome(identity, service)
    if not _is_number(question["id_number"]):
        fixed = "INPUT_INVALID_ID"
    # who has no line anywhere is counted like anybody: nought
    counted = fixed in {"", "NO_RECORD", *(f"MISMATCH_{each}" for each in ("NAME", "ID", "BOTH", "UNSPECIFIED"))}
    answer = _answer(state, service, "lines", question, "MATCH" if counted else fixed)
    return answer | ({"lines": identity.lines if identity else 0} if counted else {})


def _read(payload: object, *fields: str) -> dict[str, str]:
    if not isinstance(payload, dict):
        raise Invalid("The question is an object with " + ", ".join(fields) + ".")
    values = {key: payload.get(key, "") for key in (*fields, "request_key")}
    if not all(isinstance(value, str) for value in values.values()):
        raise Invalid(", ".join(values) + " are text.")
    mode = payload.get("mode", MODES[0])
    if mode not in MODES:
        raise Invalid("mode is detailed or simple.")
    values |= {key: tidy(value) for key, value in values.items() if key != "request_key"}
    return values | {"id_number": values["id_number"].upper(), "mode": mode}


def _answer(state: State, service: str, act: str, question: dict[str, str], outcome: str) -> dict:
    key = question["request_key"]
    if key and outcome not in {"SOURCE_BUSY", "SOURCE_DOWN"}:
        state.charge(service, key, act, question["id_number"])
    request_id = uuid.uuid5(uuid.NAMESPACE_OID, key) if key else uuid.uuid4()
    return {"outcome": outcome, "request_id": str(request_id), "sandbox": True}


def _identity_outcome(state: State, service: str, question: dict[str, str]) -> str:
    if not question["name"] or len(question["name"]) > 100:
        return "INPUT_INVALID_NAME"
    if not _is_number(question["id_number"]):
        return "INPUT_INVALID_ID"
    identity = _known(state, question["id_number"])
    if identity is None:
        return "NO_RECORD"
    return _fixed_outcome(identity, service) or ("MATCH" if identity.name == question["name"] else "MISMATCH_NAME")


def _known(state: State, id_number: str) -> Identity | None:
    return state.identity(id_number) or IDENTITIES.get(id_number)


def _fixed_outcome(identity: Identity | None, service: str) -> str:
    if identity is None:
        return ""
    if IDENTITIES.get(identity.id_number) == identity:
        return outcome_of(identity.id_number, service)
    return identity.outcomes.get(service, "") or identity.outcome


def _phone_is_theirs(state: State, question: dict[str, str]) -> bool:
    identity = _known(state, question["id_number"])
    # an identity without a phone of its own takes any
    return not identity.phone or identity.phone == question["phone"]


def _in_mode(outcome: str, mode: str) -> str:
    return "MISMATCH_UNSPECIFIED" if mode == "simple" and outcome in UNSPECIFIED else outcome


def _is_number(id_number: str) -> bool:
    return bool(ID_NUMBER.fullmatch(id_number)) and check_character(id_number) == id_number[17]
