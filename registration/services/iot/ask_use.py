"""A clerk asks for lines of things for an organisation: what for, within which limits, and who answers for them (R-19)."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from realname import policy
from realname.access.actor import Actor
from realname.access.models import Role
from realname.ids import imei
from realname.ids import phone as phones
from realname.trail import record
from registration.errors import IotRefused
from registration.iot.assessment import assess
from registration.iot.places import UnknownPlace, read_place
from registration.locks import lock_organisation
from registration.models import IotUse, Person
from registration.policy import IOT_LINES
from registration.services.iot.known_users import known_person
from registration.states import IotBinding, IotGrant, IotScene, OrganisationStatus

# of a whitelist, of hosts, of models: what a person can look through
MOST_LISTED = 50
# a label of 1 to 63 characters (RFC 1035, 3GPP TS 23.003 clause 9.1)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_LONGEST_APN, _LONGEST_HOST = 63, 253


def ask_iot_use(*, actor: Actor, organisation_id: UUID, asked: Mapping[str, Any]) -> IotUse:
    """The use, pending and assessed. `asked` has the fields of the desk's form; lists are lists of text as it was typed.

    Raises IotRefused (not theirs to do; the organisation; what is asked for), InvalidImei, phones.InvalidPhone.
    """
    require_clerk(actor)
    facts = _read(asked)
    facts["responsible_person"] = _responsible(asked)
    with transaction.atomic():
        organisation = lock_organisation(organisation_id)
        if organisation.status != OrganisationStatus.APPROVED or str(organisation.entered_by_id) != actor.id:
            raise IotRefused("iot_organisation")
        use = IotUse(organisation=organisation, entered_by_id=actor.id, **facts)
        put_assessment(use)
        use.save(force_insert=True)
        record(
            "iot_use.asked",
            actor=actor,
            subject=use,
            related=organisation,
            data={**assessment_data(use), "scene": use.scene, "quantity": use.quantity, "resold": use.resold},
        )
    return use


def put_assessment(use: IotUse) -> None:
    """Assess it, and keep the result. Changes memory only."""
    found = assess(use)
    use.points, use.level, use.policy_version = found.points, found.level, found.policy_version
    use.reasons = [{"code": code, "points": points} for code, points in found.reasons]


def assessment_data(use: IotUse) -> dict[str, Any]:
    """Of an event."""
    return {"level": use.level, "points": use.points, "reasons": use.reasons, "policy_version": use.policy_version}


def require_clerk(actor: Actor) -> None:
    """Raises IotRefused unless a clerk for organisations acts."""
    if actor.kind != "staff" or actor.role != Role.ENTERPRISE_CLERK:
        raise IotRefused("iot_clerks_only")


def _responsible(asked: Mapping[str, Any]) -> Person | None:
    """Somebody verified, or nobody: then the organisation's agent answers."""
    reference, last_six = asked["responsible_reference"].strip(), asked["responsible_last_six"].strip()
    if not reference and not last_six:
        return None
    return known_person(reference=reference, last_six=last_six, refusal="iot_responsible")


def _read(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a use. Raises what ask_iot_use does."""
    facts = {name: _words(asked, name) for name in ("purpose", "device_model")}
    facts |= {"scene": IotScene(asked["scene"]), "binding": IotBinding(asked["binding"])}
    facts |= {name: bool(asked[name]) for name in ("loose_card", "resold")}
    facts["contact_phone"] = phones.parse(asked["contact_phone"]).number
    if not 0 < asked["quantity"] <= policy.value(IOT_LINES):
        raise IotRefused("iot_quantity")
    facts["quantity"] = asked["quantity"]
    facts["tacs"] = _listed((imei.parse_tac(each) for each in _given(asked["tacs"])), "iot_tacs")
    for function in ("voice", "sms"):
        facts |= _granted(function, asked)
    facts |= _data(asked)
    if IotGrant.WHITELIST not in (facts["voice"], facts["sms"]) and not facts["apn"]:
        raise IotRefused("iot_limits")
    try:
        facts["places"] = _listed((read_place(each) for each in _given(asked["places"])), "iot_places", most=400)
    except UnknownPlace:
        raise IotRefused("iot_places") from None
    return facts


def _words(asked: Mapping[str, Any], name: str) -> str:
    """Words a reviewer reads: nothing in them may hide or turn others around."""
    words = " ".join(asked[name].split())
    if not words.isprintable():
        raise IotRefused("iot_words", field=name)
    return words


def _granted(function: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    field = f"{function}_numbers"
    grant, texts = IotGrant(asked[function]), _given(asked[field])
    if grant == IotGrant.NONE:
        if texts:
            raise IotRefused("iot_list_without_grant", field=field)
        return {function: grant, field: None}
    try:
        numbers = sorted({_peer(each) for each in texts})
    except phones.InvalidPhone:
        raise IotRefused("iot_list_number", field=field) from None
    if not 0 < len(numbers) <= MOST_LISTED:
        raise IotRefused("iot_list_missing", field=field)
    return {function: grant, field: "\n".join(numbers)}


def _peer(text: str) -> str:
    """A number that may be called: a mobile one, another device's too, or a fixed or service number in its digits.

    Services send and take messages under numbers that begin with 10, such as 10086 or 1069 and up to sixteen more (Numbering Plan
    2017 [K]).
    """
    number = phones.normalise(text)
    if re.fullmatch(r"0[1-9][0-9]{8,10}|[1-9][0-9]{2,9}|10[0-9]{9,18}", number):
        return number
    return phones.parse(text, allow_iot=True).number


def _data(asked: Mapping[str, Any]) -> dict[str, Any]:
    apn, megabytes, hosts = asked["apn"].strip(), asked["monthly_megabytes"] or 0, _given(asked["hosts"])
    if bool(apn) != bool(megabytes) or hosts and not apn:
        raise IotRefused("iot_data")
    if apn and (len(apn) > _LONGEST_APN or not _NAME.fullmatch(apn)):
        raise IotRefused("iot_apn")
    if len(hosts) > MOST_LISTED or not all(map(_is_host, hosts)):
        raise IotRefused("iot_hosts")
    return {"apn": apn, "monthly_megabytes": megabytes, "hosts": sorted({host.lower() for host in hosts})}


def _is_host(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return len(text) <= _LONGEST_HOST and bool(_NAME.fullmatch(text)) and not text.replace(".", "").isdecimal()
    return True


def _given(texts: Iterable[str]) -> list[str]:
    return [text for text in (text.strip() for text in texts) if text]


def _listed(values: Iterable[str], refusal: str, *, most: int = MOST_LISTED) -> list[str]:
    """Each once, in order. Raises IotRefused where there is none, or more than a person can look through."""
    found = sorted(set(values))
    if not 0 < len(found) <= most:
        raise IotRefused(refusal)
    return found
