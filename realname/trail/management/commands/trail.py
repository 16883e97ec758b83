"""`manage.py trail`: check, prove and seal the audit trail."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from realname.access.actor import SYSTEM
from realname.trail import places, signing
from realname.trail.errors import TrailError
from realname.trail.prove import prove_event
from realname.trail.reanchor import reanchor_trail
from realname.trail.seal import seal_trail
from realname.trail.strike import strike_seal
from realname.trail.verify import Report, verify_trail

FAULTS_SHOWN = 20


class Command(BaseCommand):
    """Ends with 1 when something is wrong."""

    help = "Check, prove and seal the audit trail."

    def add_arguments(self, parser: CommandParser) -> None:
        """One verb each."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help="find any altered, missing, exchanged or inserted row or seal")
        verify.add_argument("--processes", type=int, default=2, help="how many processes read (default 2)")
        verify.add_argument("--json", action="store_true", help="print JSON")
        prove = verbs.add_parser("prove", help="print the inclusion proof of one event")
        prove.add_argument("event_id", type=int)
        prove.add_argument("--json", action="store_true", help="print JSON")
        verbs.add_parser("seal", help="seal what is not sealed yet")
        verbs.add_parser("key", help="make the signing key, if there is none")
        reanchor = verbs.add_parser("reanchor", help="start the anchor file anew, after a restore")
        reanchor.add_argument("--reason", required=True, help="why; it is recorded in the trail")
        strike = verbs.add_parser("strike", help="delete the newest seal where it is not ours (as the schema's owner)")
        strike.add_argument("number", type=int)
        strike.add_argument("--reason", required=True, help="why; it is recorded in the trail")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the verb; a fault of the installation is told in one sentence."""
        try:
            getattr(self, options["verb"])(**options)
        except (TrailError, ValueError) as error:
            raise CommandError(str(error)) from None

    def verify(self, **options: Any) -> None:
        """Print the report; end with 1 at any fault."""
        report = verify_trail(processes=options["processes"])
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(report), "sound": report.sound}, default=str, indent=2))
        else:
            self._print_report(report)
        if not report.sound:
            raise SystemExit(1)

    def prove(self, **options: Any) -> None:
        """Print the proof, checked."""
        proof = prove_event(event_id=options["event_id"])
        if options["json"]:
            self.stdout.write(json.dumps(proof.as_json(), indent=2))
            return
        self.stdout.write(f"Event {options['event_id']} is number {proof.index + 1} of {proof.seal.count} in seal {proof.seal.number},")
        self.stdout.write(f"sealed {proof.seal.sealed_at:%Y-%m-%d %H:%M:%S} UTC, signed with key {proof.seal.key_id}. The proof holds.")
        self.stdout.write(f"line  {proof.line.decode().rstrip()}")
        for step in proof.path:
            self.stdout.write(f"path  {step.hex()}")
        self.stdout.write(f"root  {proof.seal.root.hex()}")
        self.stdout.write(f"sig   {proof.signature.hex()}")

    def seal(self, **_: Any) -> None:
        """Seal up to the horizon."""
        self.stdout.write(f"Seals made: {seal_trail()}.")

    def key(self, **_: Any) -> None:
        """Make the signing key."""
        made = signing.create_key()
        signer = signing.signer()
        self.stdout.write(f"{'Made' if made else 'Kept'} {places.signing_key_file()}, key id {signer.key_id}.")
        self.stdout.write(f"Give auditors a copy of {places.public_keys_file()}.")

    def reanchor(self, **options: Any) -> None:
        """Start the anchor file anew."""
        kept = reanchor_trail(actor=SYSTEM, reason=options["reason"])
        self.stdout.write(f"Anchored anew in {places.anchor_file()}." + (f" The old file is kept as {kept}." if kept else ""))

    def strike(self, **options: Any) -> None:
        """Delete a false seal."""
        strike_seal(number=options["number"], actor=SYSTEM, reason=options["reason"])
        self.stdout.write(f"Seal {options['number']} is struck out; what it said is in the trail.")

    def _print_report(self, report: Report) -> None:
        rate = f", {report.rows / report.seconds:,.0f} rows/s" if report.seconds else ""
        self.stdout.write(f"Checked {report.rows:,} sealed events under {report.seals:,} seals in {report.seconds:.1f} s{rate}.")
        if report.unsealed:
            self.stdout.write(f"Not sealed yet: {report.unsealed:,} events, the oldest of {report.oldest_unsealed}.")
        for fault in report.faults[:FAULTS_SHOWN]:
            self.stderr.write(f"FAULT {fault.kind}: {fault.message}")
        if len(report.faults) > FAULTS_SHOWN:
            self.stderr.write(f"… and {len(report.faults) - FAULTS_SHOWN} more faults.")
        self.stdout.write("The trail is sound." if report.sound else "THE TRAIL IS NOT SOUND.")
