"""All we have of a person, as plain values under names that can be read."""

from typing import Any
from uuid import UUID

from realname.vault.erase import is_erased
from registration.account_selectors import keeping_of, things_of
from registration.explanations import explanations_of
from registration.inbox import kind_of, render
from registration.models import Account, Application, Consent, Person
from registration.models.identity import IDENTIFIED_FIELDS, IDENTITY_FIELDS, Identified
from registration.parties_selectors import acted_in
from registration.reads import looks_of
from registration.rights import REASONS

# of a person and of an application: what was entered, read or proven
_PERSON = (*IDENTIFIED_FIELDS, "contact_phone", "verified_at")
_APPLICATION = (
    "reference", "status", "path", "channel", "representation", "language", "phone", "phone_proven_at", *IDENTITY_FIELDS, "created_at",
    "submitted_at", "decided_at",
)  # fmt: skip
_ACTED = ("reference", "status", "representation", "submitted_at", "decided_at")
_REPRESENTATIVE = (*IDENTITY_FIELDS, "phone", "phone_proven_at")


def gather(person: Person) -> dict[str, Any]:
    """Everything, by subject. Raises KeyErased where the person was erased meanwhile."""
    account = Account.objects.filter(person=person).first()
    keeping = keeping_of(person)
    return {
        "person": _identified(person, _PERSON),
        "account": {"number": account.number, "opened_at": account.opened_at} if account else None,
        "kept_because": {"reason": str(REASONS[keeping.reason]), "until": keeping.until} if keeping else None,
        "lines": [_values(line, ("number", "status", "activated_at", "ended_at")) for line in person.lines.order_by("activated_at")],
        "lines_of_things": [
            {
                **_values(line, ("number", "status", "activated_at", "ended_at")),
                "organisation": line.organisation.name,
                "devices": line.use.device_model,
            }
            for line in things_of(person).select_related("organisation", "use").order_by("activated_at")
        ],
        "applications": [_application(application) for application in person.applications.order_by("created_at")],
        # what they handed in for others: what it holds of themselves
        "acted_for_others": [_acted(application) for application in acted_in(person).order_by("created_at")],
        "consents": [
            _values(consent, ("purpose", "version", "notice_digest", "language", "given_at", "withdrawn_at"))
            for consent in person.consents.order_by("given_at")
        ],
        "looks": [{"at": look.at, "what": look.what, "by": look.who, "purpose": look.purpose} for look in looks_of(person, most=None)],
        "requests": [
            _values(request, ("reference", "kind", "status", "words", "created_at", "due_at", "answered_at", "reason", "answer"))
            for request in person.rights_requests.order_by("created_at")
        ],
        "notices": [
            {"at": notice.created_at, "text": render(kind_of(notice.kind).text, notice.facts or {}), "read_at": notice.read_at}
            for notice in person.inbox_notices.order_by("created_at")
        ],
        "sign_ins": [
            _values(sign_in, ("described", "network", "way", "started_at", "seen_at", "ended_at", "end"))
            for sign_in in person.sign_ins.order_by("started_at")
        ],
        "passkeys": [_values(passkey, ("name", "created_at", "used_at")) for passkey in person.passkeys.all()],
    }


def _acted(application: Application) -> dict[str, Any]:
    representative = application.representative
    if is_erased(representative.person_id):
        return _values(application, _ACTED)
    given = Consent.objects.filter(application=application, given_by=representative.person_id).order_by("given_at")
    return {
        **_values(application, _ACTED),
        **_identified(representative, _REPRESENTATIVE),
        "consents": [_values(consent, ("purpose", "version", "given_at", "withdrawn_at")) for consent in given],
        "captures": _captures(application, representative.person_id),
    }


def _captures(application: Application, person_id: UUID) -> list[dict[str, Any]]:
    """Those that show this person: what shows the other is the other's."""
    return [
        {
            "kind": str(capture.get_kind_display()),
            "taken_at": capture.created_at,
            "sha256": capture.digest,
            "erased_at": capture.file.erased_at,
            "read": {name: field["text"] for name, field in (capture.reading or {}).get("fields", {}).items() if field},
        }
        for capture in application.captures.filter(person_id=person_id).select_related("file").order_by("created_at")
    ]


def _application(application: Application) -> dict[str, Any]:
    return {
        **_identified(application, _APPLICATION),
        "decisions": [
            {
                "at": decision.at,
                "outcome": decision.outcome,
                "automatic": decision.automatic,
                "reasons": list(decision.reasons),
                "compared": [{"what": what, "result": result} for what, result in decision.compared],
            }
            for decision in explanations_of(application)
        ],
        "captures": _captures(application, application.person_id),
    }


def _identified(row: Identified, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields of somebody with a document, its type by its label."""
    return {**_values(row, names), "document_type": str(row.document.label)}


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a row; a code is given with its label."""
    return {
        name: str(getattr(row, f"get_{name}_display")()) if hasattr(row, f"get_{name}_display") else getattr(row, name) for name in names
    }
