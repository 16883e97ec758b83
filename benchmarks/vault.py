#!/usr/bin/env python
"""What encryption costs: ciphers alone, rows with encrypted fields against plain rows, files, rotation.

It works in a database of its own, which it drops, with a key ring and a storage folder of its own.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.database import own_database  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "realname.settings")
os.environ["REALNAME_DEVELOPMENT"] = os.environ["REALNAME_AS_OWNER"] = "1"

FIELDS = {"name": "张三丰", "number": "110105199002030019", "address": "北京市朝阳区建国路一号院三号楼五单元七零一室" * 2}


def main() -> None:
    """Measure and print, one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=2000, help="rows and people to write (default 2,000)")
    parser.add_argument("--json", help="also write the figures to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KEYRING_FILE"] = f"{folder}/keyring.json"
        os.environ["STORAGE_URL"] = f"file://{folder}/files"
        figures = _measure(options.rows)
    for name, value in figures.items():
        print(f"{name:<44} {value:>12,.1f}")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n")


def _measure(rows: int) -> dict[str, float]:
    with own_database():
        return {**_ciphers(), **_rows(rows), **_files(), **_rotation()}


def _ciphers() -> dict[str, float]:
    from realname.vault import envelope
    from realname.vault.algorithms import ALGORITHMS

    figures = {}
    for cipher in ALGORITHMS:
        key, image = os.urandom(cipher.key_bytes), os.urandom(3_000_000)
        arguments = {"key": key, "key_id": uuid4(), "algorithm": cipher.name, "associated": b"t.c:1"}
        blob = envelope.seal(b"x" * 60, **arguments)
        figures[f"{cipher.name}: seal 60 bytes, µs"] = _each(lambda a=arguments: envelope.seal(b"x" * 60, **a), 5000) * 1e6
        figures[f"{cipher.name}: unseal 60 bytes, µs"] = (
            _each(lambda b=blob, k=key: envelope.unseal(b, key=k, associated=b"t.c:1"), 5000) * 1e6
        )
        figures[f"{cipher.name}: seal 3 MB, ms"] = _each(lambda a=arguments, i=image: envelope.seal(i, **a), 10) * 1e3
    return figures


def _rows(rows: int) -> dict[str, float]:
    from django.db import connection

    from realname.vault import keys
    from realname.vault.prefetch import prefetch_keys

    plain, sealed = _models()
    with connection.schema_editor() as editor:
        editor.create_model(plain)
        editor.create_model(sealed)
    people = iter([uuid4() for _ in range(rows * 2)])
    plain_insert = _each(lambda: plain.objects.create(person_id=uuid4(), **FIELDS), rows)
    first_insert = _each(lambda: sealed.objects.create(person_id=next(people), **FIELDS), rows)
    person = uuid4()
    sealed.objects.create(person_id=person, **FIELDS)
    next_insert = _each(lambda: sealed.objects.create(person_id=person, **FIELDS), rows)
    keys.forget_cached_keys()
    page = list(sealed.objects.exclude(person_id=person)[:100])
    started = time.perf_counter()
    prefetch_keys(page)
    for row in page:
        _ = row.name, row.number, row.address
    return {
        "insert a plain row, ms": plain_insert * 1e3,
        "insert, 3 sealed fields, first of a person, ms": first_insert * 1e3,
        "insert, 3 sealed fields, known person, ms": next_insert * 1e3,
        "read 300 fields of 100 people, ms": (time.perf_counter() - started) * 1e3,
    }


def _models():
    from django.db import models

    from realname.vault.fields import EncryptedTextField

    def build(name: str, field: type[models.Field]) -> type[models.Model]:
        members = {name: field() for name in FIELDS}
        members["id"] = models.UUIDField(primary_key=True, default=uuid4)
        members["person_id"] = models.UUIDField()
        members["vault_person_id"] = lambda row: row.person_id
        members["Meta"] = type("Meta", (), {"app_label": "benchmarks"})
        return type(name, (models.Model,), {**members, "__module__": __name__})

    return build("PlainRow", models.TextField), build("SealedRow", EncryptedTextField)


def _files() -> dict[str, float]:
    from realname.vault.files import read_file, store_file

    person, image = uuid4(), os.urandom(3_000_000)
    stored = []

    def store() -> None:
        stored.append(store_file(person_id=person, kind="selfie", content=image, media_type="image/jpeg"))

    return {
        "store a file of 3 MB, ms": _each(store, 20) * 1e3,
        "read a file of 3 MB, ms": _each(lambda: read_file(stored[0]), 20) * 1e3,
    }


def _rotation() -> dict[str, float]:
    from realname.vault import keyring_file
    from realname.vault.rotate import rewrap_all

    keyring_file.add_keys(keyring_file.path_of_file())
    started = time.perf_counter()
    count = rewrap_all()
    return {"data keys rewrapped a second": count / (time.perf_counter() - started)}


def _each(act: Callable[[], object], times: int) -> float:
    """Seconds of one call, over `times` calls."""
    started = time.perf_counter()
    for _ in range(times):
        act()
    return (time.perf_counter() - started) / times


if __name__ == "__main__":
    main()
