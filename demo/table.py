"""The table at the end of the demonstration."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from demo.outcome import CheckRow, OutcomeRow

_SIGNS = {"passed": "✓", "failed": "✗", "inconclusive": "?", "error": "!"}


def show(rows: Iterable[OutcomeRow], console: Console) -> None:
    """Print one block an applicant: each check with result and time, then decision and reason."""
    table = Table(show_lines=True, title="realname: demo applicants through the real pipeline", width=max(console.width, 118))
    table.add_column("applicant", width=22)
    table.add_column("checks: result, score against threshold, time", ratio=1)
    table.add_column("decision and reason", width=38)
    for row in rows:
        verdict = "[green]as expected[/]" if row.as_expected else f"[red]EXPECTED {row.expected} ({row.expected_reason})[/]"
        seconds = f"{row.seconds:.1f} s from submission" if row.seconds is not None else ""
        decided = "\n".join(
            filter(
                None, [f"[bold]{row.actual}[/]  {seconds}", ", ".join(row.reasons), row.failure, f"[dim]{row.reason_person}[/]", verdict]
            )
        )
        table.add_row(f"[bold]{row.applicant}[/]\n{row.title}\n{row.reference}", "\n".join(map(_line, row.checks)), decided)
    console.print(table)


def _line(check: CheckRow) -> str:
    score = f"{check.score:g}" if check.score is not None else ""
    against = f"{score} / {check.threshold:g}" if check.threshold is not None else score
    milliseconds = f"{check.milliseconds} ms" if check.milliseconds is not None else "–"
    reason = f"  {check.reason}" if check.reason else ""
    return f"{_SIGNS.get(check.result, '·')} {check.check:<22}{check.result:<13}{against:<16}{milliseconds:>8}{reason}"
