"""`manage.py models list|fetch|verify`: the model files of the engines and the portraits of the demo."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from realname.paths import models_dir
from verification.engines.fetch import fetch
from verification.engines.manifest import Group, ModelError, ModelFile, State, files, verify


class Command(BaseCommand):
    """List, fetch and verify the files of `verification/engines/manifest.toml`."""

    help = "Lists, fetches or verifies the model files; a wrong or missing file ends with an error."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The act, the group and the folder."""
        parser.add_argument("act", choices=["list", "fetch", "verify"])
        parser.add_argument("--group", choices=["models", "faces", "all"], default="models")
        parser.add_argument("--folder", type=Path, default=None, help="default: REALNAME_MODELS, else var/models")
        parser.add_argument("--json", action="store_true", help="list and verify: one JSON object a line, with everything that is known")

    def handle(self, *, act: str, group: str, folder: Path | None, json: bool, **options) -> None:
        """Do the act. Raises CommandError when a file is missing, altered or cannot be had."""
        chosen = None if group == "all" else group
        folder = folder or models_dir()
        if act == "list":
            for file in files(chosen):
                self.stdout.write(_as_json(file) if json else _as_text(file))
        elif act == "fetch":
            self._fetch(folder, chosen)
        else:
            self._verify(folder, chosen, as_json=json)

    def _fetch(self, folder: Path, group: Group | None) -> None:
        try:
            fetch(folder, group, lambda file, what: self.stdout.write(f"{what:8} {file.name}"))
        except ModelError as error:
            raise CommandError(str(error)) from error

    def _verify(self, folder: Path, group: Group | None, *, as_json: bool) -> None:
        states = verify(folder, group)
        for file, state in states:
            self.stdout.write(_as_json(file, state) if as_json else f"{state:8} {file.name:42} {_size(file):>9}  sha256 {file.sha256}")
        wrong = [file.name for file, state in states if state != "right"]
        if wrong:
            raise CommandError(f"Missing or altered in {folder}: {', '.join(wrong)}")


def _as_json(file: ModelFile, state: State | None = None) -> str:
    facts = {
        "name": file.name,
        "group": file.group,
        "upstream": file.upstream,
        "licence": file.licence,
        "sha256": file.sha256,
        "size": file.size,
        "carrier": {"kind": file.carrier, "package": file.package, "version": file.version, "path": file.path},
        "threshold": file.threshold,
        "review_threshold": file.review_threshold,
        "threshold_unit": file.threshold_unit or None,
        "calibrated_on": file.calibrated_on or None,
    }
    return json.dumps(facts | ({"state": state} if state else {}), ensure_ascii=False)


def _as_text(file: ModelFile) -> str:
    lines = [
        f"{file.name}  ({_size(file)})",
        f"  upstream       {file.upstream}",
        f"  licence        {file.licence}",
        f"  carrier        {file.carrier} {file.package} {file.version}",
        f"  sha256         {file.sha256}",
    ]
    if file.threshold is not None:
        review = "" if file.review_threshold is None else f", review {file.review_threshold:g}"
        lines += [f"  threshold      {file.threshold:g}{review} ({file.threshold_unit})", f"  calibrated on  {file.calibrated_on}"]
    return "\n".join(lines)


def _size(file: ModelFile) -> str:
    return f"{file.size / 2**20:.1f} MiB"
