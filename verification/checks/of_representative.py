"""A check of a document or identity, of the representative's: the same check, looking at the other document (R-03)."""

from dataclasses import replace

from registration.states import CaptureKind, Party
from verification.checks.base import CheckRunner, Context, Result
from verification.models import Check
from verification.states import CheckKind


class OfRepresentative:
    """Runs another check on the representative's photographs, details and earlier checks, under a kind of its own."""

    def __init__(self, plain: CheckRunner) -> None:
        self.plain = plain
        self.kind = plain.kind.of(Party.REPRESENTATIVE)
        self.queue = plain.queue
        self.after = tuple(kind.of(Party.REPRESENTATIVE) for kind in plain.after)

    def run(self, context: Context) -> Result:
        """As the plain check; its findings name the representative's photographs."""
        result = self.plain.run(_theirs(context))
        return replace(result, findings=[_finding(code) for code in result.findings])


def checks_of(party: Party, checks: dict[str, Check]) -> dict[str, Check]:
    """Those of one party, by the plain kinds."""
    return {CheckKind(kind).plain: check for kind, check in checks.items() if CheckKind(kind).party == party}


def _theirs(context: Context) -> Context:
    documents = {
        CaptureKind(kind).place: each for kind, each in context.captures.items() if CaptureKind(kind).party == Party.REPRESENTATIVE
    }
    before = checks_of(Party.REPRESENTATIVE, context.before)
    return replace(context, captures={**context.captures, **documents}, before=before, party=Party.REPRESENTATIVE)


def _finding(code: str) -> str:
    """`document_front:blur` is `representative_front:blur` here."""
    where, colon, what = code.partition(":")
    return f"{CaptureKind(where).of(Party.REPRESENTATIVE)}:{what}" if colon and where in CaptureKind.values else code
