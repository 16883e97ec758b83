"""`manage.py vault`: look after the key ring, the data keys and the encrypted files."""

import os
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from realname.vault import keyring, keyring_file
from realname.vault.errors import VaultError
from realname.vault.models import DataKey, EncryptedFile
from realname.vault.rotate import rewrap_all, waiting
from realname.vault.sweep import sweep_orphans

BACK_UP = "Back it up apart from the database: without it no personal data can ever be read again."


class Command(BaseCommand):
    """One subcommand per act."""

    help = "Look after the key ring, the data keys and the encrypted files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        init = acts.add_parser("init", help="make the key ring, unless there is one")
        init.add_argument("--print", action="store_true", help="print a fresh ring (for a secret store) and write nothing")
        acts.add_parser("status", help="say which keys there are and how many data keys each wraps")
        rotate = acts.add_parser("rotate", help="bring all data keys under the ring's current keys")
        rotate.add_argument("--new-key", action="store_true", help="first add a fresh current key of each purpose to the file")
        erase = acts.add_parser("erase", help="destroy a person's keys and files for good")
        erase.add_argument("--person", type=UUID, required=True, metavar="UUID")
        erase.add_argument("--reason", required=True, help="why, for the trail; nothing personal")
        erase.add_argument("--yes", action="store_true", help="do not ask")
        acts.add_parser("sweep", help="delete stored files that no row needs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one act; an error of the vault is a sentence, not a traceback."""
        try:
            getattr(self, f"_{options['act']}")(**options)
        except VaultError as error:
            raise CommandError(str(error)) from error

    def _init(self, **options: Any) -> None:
        if options["print"]:
            self.stdout.write(keyring.dump(keyring.new_ring(settings.VAULT_ALGORITHM)), ending="")
            return
        if os.environ.get(keyring_file.ENVIRONMENT):
            raise CommandError(f"The key ring comes from {keyring_file.ENVIRONMENT}; no file is needed.")
        path = keyring_file.path_of_file()
        if keyring_file.create(path):
            self.stdout.write(f"Made the key ring {path}. {BACK_UP}")
        else:
            self.stdout.write(f"There is a key ring at {path} already; it was left as it is.")

    def _status(self, **options: Any) -> None:
        ring = keyring_file.load()
        living = DataKey.objects.filter(erased_at=None)
        wrapped = dict(living.values_list("kek_id").annotate(Count("pk")))
        self.stdout.write(f"New data is encrypted with {settings.VAULT_ALGORITHM}.")
        for key in ring.keys:
            state = "current" if key.current else "only reads"
            count = wrapped.pop(key.id, 0)
            self.stdout.write(f"{key.id}  {key.purpose:<6}  {key.algorithm:<11}  made {key.created}  {state:<10}  wraps {count} data keys")
        for key_id, count in wrapped.items():
            self.stdout.write(self.style.ERROR(f"{key_id}  is missing from the ring: {count} data keys cannot be read."))
        erased = DataKey.objects.exclude(erased_at=None).count()
        files = EncryptedFile.objects.filter(erased_at=None).count()
        self.stdout.write(f"{waiting().count()} data keys wait for rotation, {erased} were erased, {files} files are kept.")

    def _rotate(self, **options: Any) -> None:
        if options["new_key"]:
            if os.environ.get(keyring_file.ENVIRONMENT):
                raise CommandError(f"The key ring comes from {keyring_file.ENVIRONMENT}: add the new key there.")
            keyring_file.load()
            keyring_file.add_keys(keyring_file.path_of_file())
            self.stdout.write(f"Added new keys to {keyring_file.path_of_file()}. {BACK_UP}")
        count = rewrap_all(progress=lambda done: self.stdout.write(f"{done} data keys rewrapped"))
        self.stdout.write(f"Done: {count} data keys were brought under the current keys.")

    def _erase(self, **options: Any) -> None:
        from realname.vault.erase import erase_person

        person_id = options["person"]
        if not options["yes"] and input(f"Erase person {person_id} for ever? Type “erase”: ") != "erase":
            raise CommandError("Nothing was erased.")
        count = erase_person(person_id, reason=options["reason"])
        self.stdout.write(f"Destroyed {count} data keys of person {person_id}.")

    def _sweep(self, **options: Any) -> None:
        self.stdout.write(f"Deleted {sweep_orphans()} orphaned files.")
