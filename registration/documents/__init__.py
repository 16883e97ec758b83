"""The types of documents, in the order of the page where one is chosen (R-02). A new type is one file of this folder with a `DOCUMENT`."""

import importlib
import pkgutil
from collections.abc import Iterable

from registration.documents.base import DocumentType

DEFAULT = "resident_id_card"

_types: dict[str, DocumentType] = {}


def register(document: DocumentType) -> None:
    """Make a type known. Raises ValueError where its code is taken."""
    if document.code in _types:
        raise ValueError(f"there are two types of document called {document.code!r}")
    _types[document.code] = document


def types() -> tuple[DocumentType, ...]:
    """All of them, in their order."""
    return tuple(sorted(_types.values(), key=lambda document: document.order))


def document_type(code: str) -> DocumentType:
    """The type of that code. Raises KeyError."""
    return _types[code]


def identity_text(number: str, document_code: str, issuing_state: str | None) -> str:
    """The text whose blind index finds a person again (P-REG-5)."""
    return document_type(document_code).identity(number, issuing_state or "")


def _found() -> Iterable[DocumentType]:
    for module in pkgutil.iter_modules(__path__):
        document = getattr(importlib.import_module(f"{__name__}.{module.name}"), "DOCUMENT", None)
        if document is not None:
            yield document


for _document in _found():
    register(_document)
