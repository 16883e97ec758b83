"""The fields of a document as its machine-readable zone tells them."""

from registration.documents.base import DocumentType
from verification.engines.ocr.mrz import ZoneReading


def fields_of(seen: ZoneReading, document: DocumentType) -> dict[str, dict]:
    """By the names of the form, only what this type has; as `verification.reading` keeps fields.

    Dates stand under check digits that fit; states, names and sex do not, and a number may have two readings that fit: those are for
    review where the models differ. The zone's names are in Latin letters: they are the name of a passport, and the other name of a
    document that leads with Chinese characters.
    """
    zone = seen.zone
    latin = "other_name" if document.has("other_name") and not document.latin_first else "name"
    doubted = seen.doubtful
    told = {
        "id_number": (zone.number, "number" in doubted),
        "birth": (zone.birth.isoformat() if zone.birth else "", False),
        "valid_to": (zone.expiry.isoformat() if zone.expiry else "", False),
        "sex": (zone.sex, "rest" in doubted),
        "nationality": (zone.nationality, "rest" in doubted),
        "issuing_state": (zone.issuing_state, "rest" in doubted),
        latin: (zone.name, "names" in doubted),
    }
    fields = {
        name: {"text": text, "confidence": seen.confidence, "review": review}
        for name, (text, review) in told.items()
        if text and document.has(name)
    }
    if latin in fields:
        fields[latin]["zone"] = {"surname": zone.surname, "given_names": zone.given_names, "cut": zone.cut}
    return fields
