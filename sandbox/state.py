"""What the sandbox knows: identities and messages, in SQLite (in memory, or in a file that outlives kill -9)."""

import json
import re
import sqlite3
import threading
import time
import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
OUTCOME = re.compile(r"[A-Z][A-Z_]{2,39}")
PHONE = re.compile(r"\+?[0-9]{5,15}")

SCHEMA = """
CREATE TABLE IF NOT EXISTS identities (
    id_number TEXT PRIMARY KEY, name TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT '', added_at REAL NOT NULL,
    outcomes TEXT NOT NULL DEFAULT '{}', phone TEXT NOT NULL DEFAULT '', lines INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS charges (
    service TEXT NOT NULL, request_key TEXT NOT NULL, act TEXT NOT NULL, id_number TEXT NOT NULL, PRIMARY KEY (service, request_key));
CREATE TABLE IF NOT EXISTS messages (
    number INTEGER PRIMARY KEY, message_id TEXT UNIQUE NOT NULL, idempotency_key TEXT UNIQUE NOT NULL,
    phone TEXT NOT NULL, text TEXT NOT NULL, received_at REAL NOT NULL, channel TEXT NOT NULL DEFAULT 'sms');
CREATE TABLE IF NOT EXISTS phones (phone TEXT PRIMARY KEY, outcome TEXT NOT NULL, set_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS messages_phone ON messages (phone, number);
"""


class Invalid(ValueError):
    """What was given can't be taken; the text says why and repeats nothing of it."""


class KeyReused(Exception):
    """An idempotency key came back with another message."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A made-up person. `outcome`, when set, is answered instead of the comparison, `outcomes` the same by service.

    `phone`, when set, is the only number that is theirs; `lines` is how many lines they have with other operators.
    """

    id_number: str
    name: str
    outcome: str = ""
    outcomes: dict[str, str] = field(default_factory=dict)
    phone: str = ""
    lines: int = 0

    @classmethod
    def read(cls, item: object) -> "Identity":
        """From JSON or a form. Raises Invalid."""
        if not isinstance(item, dict):
            raise Invalid("An identity is an object with name and id_number.")
        fields = {key: item.get(key) or "" for key in ("name", "id_number", "outcome")}
        if not all(isinstance(value, str) for value in fields.values()):
            raise Invalid("name, id_number and outcome are text.")
        name, id_number, outcome = tidy(fields["name"]), tidy(fields["id_number"]).upper(), fields["outcome"].strip()
        if not name or len(name) > 100:
            raise Invalid("A name has 1 to 100 characters.")
        if not ID_NUMBER.fullmatch(id_number):
            raise Invalid("An ID number has 17 digits and a digit or X.")
        if outcome and not OUTCOME.fullmatch(outcome):
            raise Invalid("An outcome is written in capitals, like NO_RECORD.")
        return cls(id_number, name, outcome, _outcomes(item), *_elsewhere(item))


def _outcomes(item: dict) -> dict[str, str]:
    outcomes = item.get("outcomes") or {}
    if not isinstance(outcomes, dict) or not all(isinstance(each, str) and OUTCOME.fullmatch(each) for each in outcomes.values()):
        raise Invalid("outcomes are outcomes in capitals by service.")
    return outcomes


def _elsewhere(item: dict) -> tuple[str, int]:
    try:
        phone, lines = str(item.get("phone") or ""), int(item.get("lines") or 0)
    except (TypeError, ValueError):
        raise Invalid("lines is a whole number.") from None
    if len(phone) > 20 or not 0 <= lines <= 1000:
        raise Invalid("A phone has up to 20 characters, lines are 0 to 1000.")
    return phone, lines


def tidy(text: str) -> str:
    """Full-width forms made plain, spaces around removed."""
    return unicodedata.normalize("NFKC", text).strip()


class State:
    """Threads share one connection under one lock; every method commits before it returns."""

    def __init__(self, folder: Path | None = None) -> None:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "sandbox.sqlite" if folder else ":memory:", check_same_thread=False, timeout=10)
        self._db.row_factory = sqlite3.Row
        self._lock = threading.Lock()
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.executescript(SCHEMA)
        self._keep_up()

    def _keep_up(self) -> None:
        """A file of an older sandbox lacks the channel."""
        if "channel" not in {row["name"] for row in self._db.execute("PRAGMA table_info(messages)")}:
            self._db.execute("ALTER TABLE messages ADD COLUMN channel TEXT NOT NULL DEFAULT 'sms'")

    def add_identities(self, identities: Iterable[Identity]) -> int:
        """Add or replace; all or none. Answers how many."""
        rows = [
            (each.id_number, each.name, each.outcome, time.time(), json.dumps(each.outcomes), each.phone, each.lines) for each in identities
        ]
        with self._lock, self._db:
            self._db.executemany("INSERT OR REPLACE INTO identities VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        return len(rows)

    def identity(self, id_number: str) -> Identity | None:
        """The identity with this number."""
        found = self._rows("SELECT id_number, name, outcome, outcomes, phone, lines FROM identities WHERE id_number = ?", id_number)
        return Identity(**found[0] | {"outcomes": json.loads(found[0]["outcomes"])}) if found else None

    def identities(self, limit: int = -1) -> list[dict]:
        """Newest first; all of them when `limit` is -1."""
        return self._rows("SELECT id_number, name, outcome FROM identities ORDER BY added_at DESC, id_number LIMIT ?", limit)

    def charge(self, service: str, request_key: str, act: str, id_number: str) -> None:
        """A question that was answered costs once, however often it is asked with the same key."""
        with self._lock, self._db:
            self._db.execute("INSERT OR IGNORE INTO charges VALUES (?, ?, ?, ?)", (service, request_key, act, id_number))

    def charges(self, id_number: str) -> dict[str, int]:
        """How many questions about an ID number were charged, by service and act, like `bureau/phone`."""
        rows = self._rows("SELECT service, act, count(*) AS number FROM charges WHERE id_number = ? GROUP BY service, act", id_number)
        return {f"{row['service']}/{row['act']}": row["number"] for row in rows}

    def add_message(self, *, phone: str, text: str, idempotency_key: str, channel: str = "sms") -> str:
        """Keep a message once for a key and answer its id. Raises KeyReused when the key had another message."""
        with self._lock, self._db:
            self._db.execute(
                "INSERT OR IGNORE INTO messages (message_id, idempotency_key, phone, text, received_at, channel) VALUES (?, ?, ?, ?, ?, ?)",
                (uuid.uuid4().hex, idempotency_key, phone, text, time.time(), channel),
            )
            query = "SELECT message_id, phone, text FROM messages WHERE idempotency_key = ?"
            row = self._db.execute(query, (idempotency_key,)).fetchone()
        if (row["phone"], row["text"]) != (phone, text):
            raise KeyReused
        return row["message_id"]

    def messages(self, phone: str = "", limit: int = 50) -> list[dict]:
        """Newest first, of one phone or of all."""
        query = "SELECT message_id, phone, text, received_at, channel FROM messages WHERE ? IN ('', phone) ORDER BY number DESC LIMIT ?"
        return self._rows(query, phone, limit)

    def set_outcome(self, phone: str, outcome: str) -> None:
        """How messages to a phone end from now on: DELIVERED, SILENT, or a cause of failure (docs/outside.md). Raises Invalid."""
        if not PHONE.fullmatch(phone) or not OUTCOME.fullmatch(outcome):
            raise Invalid("phone is in digits; outcome is DELIVERED, SILENT or a cause in capitals, like PHONE_UNREACHABLE.")
        with self._lock, self._db:
            self._db.execute("INSERT OR REPLACE INTO phones VALUES (?, ?, ?)", (phone, outcome, time.time()))

    def outcome(self, phone: str) -> str:
        """How messages to a phone end."""
        found = self._rows("SELECT outcome FROM phones WHERE phone = ?", phone)
        return found[0]["outcome"] if found else "DELIVERED"

    def phones(self) -> list[dict]:
        """Phones whose messages end in a set way, newest first."""
        return self._rows("SELECT phone, outcome FROM phones ORDER BY set_at DESC, phone")

    def _rows(self, query: str, *values: object) -> list[dict]:
        with self._lock:
            return [dict(row) for row in self._db.execute(query, values)]
