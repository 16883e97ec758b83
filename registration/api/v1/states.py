"""How things stand, as the API says it. Times are ISO 8601 in UTC."""

from datetime import UTC, date, datetime
from typing import Any

from realname.masking import mask_id_number, mask_phone
from registration.models import ApiAccess, Application
from registration.numbers import number_to_register
from registration.selectors import code_of_resume, current_captures, missing_parts, needed_captures
from registration.states import APPLICATION_MOVES, ApplicationStatus, CaptureKind, Party
from registration.web import captures, standing
from registration.web.details_form import initial_details
from registration.web.findings import sentence


def moment(at: datetime | None) -> str | None:
    """In UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def application_state(application: Application) -> dict[str, Any]:
    """What the app needs to know to go on."""
    proven = application.phone_proven_at is not None
    own = application.representative if application.representation else None
    return {
        "id": str(application.pk),
        "reference": application.reference,
        "status": str(application.status),
        "path": str(application.path),
        "statement_way": str(application.statement_way),
        "document_type": application.document_type,
        "phone": mask_phone(application.phone) if proven else "",
        "number": mask_phone(number_to_register(application)) if proven else "",
        "acting_as": str(application.representation),
        "own_phone": mask_phone(own.phone) if own and own.phone_proven_at else "",
        "own_document_type": own.document_type if own else "",
        "missing": missing_parts(application) if application.editable else [],
        "next": _next(application),
        "may_withdraw": APPLICATION_MOVES.allows(application.status, ApplicationStatus.WITHDRAWN),
        "may_ask_review": application.status == ApplicationStatus.REJECTED and application.review_requested_at is None,
        "standing": _standing(application),
        "submitted_at": moment(application.submitted_at),
        "decided_at": moment(application.decided_at),
        "expires_at": moment(application.expires_at),
    }


def seconds_until_news(application: Application) -> int:
    """When to ask again; 0 where nothing changes by itself."""
    if application.status == ApplicationStatus.DRAFT or application.status in standing.ENDED:
        return 0
    return standing.of(application)["seconds"]


def opened(application: Application, access: tuple[ApiAccess, str] | None = None) -> dict[str, Any]:
    """The application to go on with, and its secret where it is a new one."""
    said = {"secret": access[1], "expires_at": moment(access[0].expires_at)} if access else None
    return {"application": application_state(application), "access": said}


def capture_states(application: Application) -> list[dict[str, Any]]:
    """All that are needed, each with what is wrong with it."""
    return [capture_state(application, kind) for kind in needed_captures(application)]


def capture_state(application: Application, kind: CaptureKind) -> dict[str, Any]:
    """One kind."""
    view, capture = captures.view_of(application, kind), current_captures(application).get(kind)
    findings = dict.fromkeys(capture.findings) if capture else {}
    return {
        "kind": str(kind),
        "label": str(view.label),
        "state": str(view.state),
        "usable": view.usable,
        "asked_again": view.asked_again,
        "findings": [{"code": code, "sentence": str(sentence(code))} for code in findings],
    }


def details_known(application: Application, party: Party = Party.PRINCIPAL) -> dict[str, Any]:
    """What was read or entered of a party, to correct."""
    known = {name: _plain(value) for name, value in initial_details(application.party(party)).items() if value not in (None, "")}
    return {"details": known, "uncertain": sorted(captures.uncertain_fields(application, party))}


def review_of(application: Application) -> dict[str, Any]:
    """All that is handed in; ID numbers masked."""
    own = application.representative if application.representation else None
    return {
        "number": number_to_register(application),
        "contact": application.phone,
        "document": str(application.document.label),
        "details": _looked_over(application, Party.PRINCIPAL),
        "who_acts": {
            "phone": own.phone or "",
            "document": str(own.document.label),
            "details": _looked_over(application, Party.REPRESENTATIVE),
        }
        if own
        else None,
        "captures": capture_states(application),
        "missing": missing_parts(application),
    }


def _looked_over(application: Application, party: Party) -> dict[str, Any]:
    known = details_known(application, party)["details"]
    return known | {"id_number": mask_id_number(known["id_number"])} if "id_number" in known else known


def _next(application: Application) -> str:
    if not application.editable:
        return "wait"
    missing = missing_parts(application)
    if "phone" in missing and code_of_resume(application.pk):
        return "resume"
    return missing[0] if missing else "submit"


def _standing(application: Application) -> dict[str, Any] | None:
    if application.status == ApplicationStatus.DRAFT:
        return None
    known = standing.of(application)
    return {
        **{name: str(known[name]) for name in ("tone", "title", "text")},
        "reasons": [str(reason) for reason in known["reasons"]],
        "checks_done": known["done"],
        "checks_total": known["total"],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
