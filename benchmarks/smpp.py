#!/usr/bin/env python
"""How many codes a second the SMPP gateway hands over, against smpplib alone asked to do the same.

All against one SMSC process on loopback (`sandbox.smpp`, another library's server), one message at a time: smpplib's client
sending submit_sm and reading the answer; our session, plain and over TLS; and the whole gateway, with claim, text, settlement
and event of each code in Postgres and its receipt noted. In turns, in one run; medians of the rounds.
"""

import argparse
import dataclasses
import json
import os
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.database import own_database  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "realname.settings")
os.environ["REALNAME_DEVELOPMENT"] = os.environ["REALNAME_AS_OWNER"] = "1"
os.environ["SMS_GATEWAY"] = "smpp"

TEXT = "【实名】您的验证码是 123456，5 分钟内有效。请勿告诉任何人。"
PHONE = "13800000001"
SECONDS = 120


def main() -> None:
    """Measure and print, one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--codes", type=int, default=200, help="codes in a round (default 200)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each way, in turns (default 5)")
    parser.add_argument("--json", help="also write the figures to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KEYRING_FILE"] = f"{folder}/keyring.json"
        figures = _measure(Path(folder), options.codes, options.rounds)
    for name, value in figures.items():
        print(f"{name:<44} {value:>10,.2f}")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n")


def _measure(folder: Path, codes: int, rounds: int) -> dict[str, float]:
    with own_database():
        from tests.smpp_process import SmscProcess

        smsc = SmscProcess(folder)
        try:
            return _in_turns(_ways(folder, smsc), codes, rounds)
        finally:
            smsc.kill()


def _ways(folder: Path, smsc: Any) -> dict[str, Callable[[int], float]]:
    """Each way: hand over so many codes, answer the seconds it took."""
    from tests.smpp_tls import Authority, TlsFront

    authority = Authority(folder)
    front = TlsFront(smsc.port, authority.certificate())
    secure = dataclasses.replace(smsc.account, port=front.port, tls=True, ca_file=str(authority.file))
    return {
        "smpplib alone": lambda codes: _bare(smsc, codes),
        "our session": lambda codes: _session(smsc, smsc.account, codes),
        "our session over TLS, through a proxy": lambda codes: _session(smsc, secure, codes),
        "the whole gateway, with Postgres": lambda codes: _gateway(smsc, codes),
    }


def _in_turns(ways: dict[str, Callable[[int], float]], codes: int, rounds: int) -> dict[str, float]:
    """Codes a second of each, and each against the first; a round of a tenth warms up."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way(max(codes // 10, 1))
    for _ in range(rounds):
        for name, way in ways.items():
            took[name].append(way(codes))
    rates = {name: codes / statistics.median(seconds) for name, seconds in took.items()}
    first, *others = rates
    return {
        **{f"{name}, codes/s": rate for name, rate in rates.items()},
        **{f"{name}, share of smpplib's": rates[name] / rates[first] for name in others},
    }


def _bare(smsc: Any, codes: int) -> float:
    from smpplib import consts
    from smpplib.client import Client

    smsc.switch(receipts="none")
    client = Client("127.0.0.1", smsc.port)
    client.connect()
    client.bind_transceiver(system_id=smsc.account.system_id, password=smsc.account.password)
    begun = time.perf_counter()
    for _ in range(codes):
        client.send_message(
            source_addr="10690000", destination_addr=f"86{PHONE}", short_message=TEXT.encode("utf-16-be"), data_coding=8,
            registered_delivery=True,
        )  # fmt: skip
        assert not client.read_pdu().is_error()
    seconds = time.perf_counter() - begun
    # the server hangs up on an unbind, which smpplib takes for a loss
    client.state = consts.SMPP_CLIENT_STATE_OPEN
    client.disconnect()
    return seconds


def _session(smsc: Any, account: Any, codes: int) -> float:
    from django.utils import timezone

    from registration.gateways.base import Outgoing
    from registration.gateways.smpp.session import Session

    smsc.switch(receipts="none")
    session = Session(account, on_deliver=lambda pdu: 0)
    message = Outgoing(PHONE, TEXT, timezone.now() + timedelta(minutes=5))
    begun = time.perf_counter()
    for _ in range(codes):
        assert session.submit(message, key=uuid.uuid4())
    seconds = time.perf_counter() - begun
    session.unbind()
    return seconds


def _gateway(smsc: Any, codes: int) -> float:
    from django.db import connection

    from registration.gateways.smpp.process import Process
    from registration.models import Delivery
    from registration.states import DeliveryStatus
    from tests.factories.messages import asked

    smsc.switch(receipts="once", milliseconds=0)
    for _ in range(codes):
        asked()
    process = Process(smsc.account)

    def work() -> None:
        process.run()
        connection.close()

    thread, begun = threading.Thread(target=work), time.perf_counter()
    thread.start()
    while Delivery.objects.exclude(status=DeliveryStatus.DELIVERED).exists():
        assert time.perf_counter() - begun < SECONDS, "codes are left"
        time.sleep(0.02)
    seconds = time.perf_counter() - begun
    process.stop = True
    thread.join()
    return seconds


if __name__ == "__main__":
    main()
