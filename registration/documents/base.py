"""What a type of document is: its number, its fields, the photographs it needs, its rules, and what of it a machine can judge."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.functional import Promise

from registration.states import CaptureKind

Reads = Literal["ocr", "mrz", ""]
Shape = Literal["card", "page"]


@dataclass(frozen=True, slots=True)
class Number:
    """What a number says of its holder; `birth` None and `sex` empty where it does not tell. `warnings` are findings for staff."""

    text: str
    birth: date | None = None
    sex: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberRule:
    """How the numbers of a type are read and judged.

    `parse` raises an InvalidInput. Numbers of one `scheme` are one space: who shows another document with the same number is the same
    person. `holder` gives the part of a number that stays with its holder, all of it as a rule; `by_state` says that each state
    numbers for itself. `printed` is a pattern of what is taken, when the person insists, of a number that `parse` refuses. `binding`
    says that a standard leaves no doubt about an invalid number; else a person judges it. `engine` and `version` name the rule in
    the check (P-VER-7).
    """

    scheme: str
    parse: Callable[[str], Number]
    engine: str
    version: str
    label: Promise
    hint: Promise
    longest: int
    printed: str = ""
    binding: bool = False
    by_state: bool = False
    holder: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form, in the words of this type where they differ from the form's own."""

    name: str
    label: Promise | str = ""
    hint: Promise | str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Image:
    """One photograph to take. `kind` is the place it is kept in, `reads` what a machine makes of it.

    `shape` says how the camera outlines it and which faults are looked for: a page has no outline of a card, and black print on
    white is no sign of a copy there.
    """

    kind: CaptureKind
    label: Promise
    hint: Promise
    reads: Reads = ""
    shape: Shape = "card"
    example: str = ""

    @property
    def example_path(self) -> str:
        """The static file that shows such a photograph."""
        return f"icons/{self.example}.svg"

    @property
    def side(self) -> str:
        """Its name in addresses: front or back."""
        return self.kind.removeprefix("document_")


@dataclass(frozen=True, slots=True)
class Validity:
    """How long such documents are issued for.

    `fits(begin, end, birth)` says whether these dates can be right; an `end` of None is long-term. `source` is where the rule stands.
    """

    fits: Callable[[date, date | None, date], bool]
    source: str


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of identity document (R-02). Each lies in a file of this folder as `DOCUMENT`; `order` is its place on the page of all.

    `portrait` is the photograph whose face can be matched, `registry` whether the population registry can be asked about its number,
    `latin_first` whether its first name is the one in Latin letters.
    """

    code: str
    order: int
    label: Promise
    holders: Promise
    number: NumberRule
    fields: tuple[Field, ...]
    images: tuple[Image, ...]
    normalise: Mapping[str, Callable[[str], str]]
    validity: Validity | None = None
    portrait: CaptureKind | None = CaptureKind.DOCUMENT_FRONT
    registry: bool = False
    latin_first: bool = False
    sources: tuple[str, ...] = field(default=())

    def has(self, name: str) -> bool:
        """Does the form have this field?"""
        return any(one.name == name for one in self.fields)

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields of the form, in their order."""
        return tuple(one.name for one in self.fields)

    @property
    def kinds(self) -> tuple[CaptureKind, ...]:
        """The photographs to take, in their order."""
        return tuple(image.kind for image in self.images)

    def image(self, kind: str) -> Image | None:
        """The photograph kept in this place, if this type has one."""
        return next((image for image in self.images if image.kind == kind), None)

    @property
    def read_by_machine(self) -> bool:
        """Does a machine read any of it, so that what was entered can be compared?"""
        return any(image.reads for image in self.images)

    @property
    def by_eye(self) -> tuple[str, ...]:
        """What no machine can judge of such a document, as findings of the reviewer who stands in."""
        found = {
            "fields_by_eye": not self.read_by_machine,
            "number_by_eye": not self.number.binding and not self.read_by_machine,
            "not_in_registry": not self.registry,
            "no_portrait": self.portrait is None,
        }
        return tuple(code for code, open_ in found.items() if open_)

    def identity(self, number: str, issuing_state: str) -> str:
        """The text by which a person is found again by this document (P-REG-5). Citizens' numbers stand for themselves."""
        holder = self.number.holder(number)
        if self.number.scheme == "citizen":
            return holder
        return ":".join((self.number.scheme, *([issuing_state] if self.number.by_state else []), holder))
