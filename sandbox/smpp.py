"""`python -m sandbox.smpp --port 2775`: an SMSC that speaks SMPP 3.4, played by a library that is not the client's.

Messages are kept in the sandbox's state and reach nobody. Switches come as JSON, one a line, on standard input; each is answered
on standard output with `ok`, and each message taken or refused is told there:

    {"answer": "throttle" | "queue_full" | "reject" | "none" | "unbind" | "take", "after": 1, "times": 3}    how messages are
        answered: the first `after` well, then `times` so (0: until switched)
    {"receipts": "none" | "twice" | "reversed" | "once", "milliseconds": 50}    receipts, and how late
    {"phone": "8613…", "outcome": "PHONE_UNREACHABLE"}    how messages to a phone end
"""

import argparse
import asyncio
import json
import sys
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import smpp34

from sandbox.state import State

REFUSALS = {"throttle": smpp34.ESME_RTHROTTLED, "queue_full": smpp34.ESME_RMSGQFUL, "reject": smpp34.ESME_RINVDSTADR}
# the receipt of an outcome: its state, and MAP's error code (3GPP TS 29.002)
RECEIPTS = {
    "DELIVERED": ("DELIVRD", "000"),
    "PHONE_UNREACHABLE": ("UNDELIV", "027"),
    "NUMBER_INACTIVE": ("UNDELIV", "001"),
    "PHONE_BLOCKS": ("UNDELIV", "013"),
    "EXPIRED": ("EXPIRED", "000"),
    "UNKNOWN": ("UNDELIV", "000"),
}
UDH_FLAG, RECEIPT_CLASS, COUNTRY = 0x40, 0x04, "86"


@dataclass
class Smsc:
    """The server, its bound sessions, and its switches."""

    state: State
    answer: str = "take"
    times: int = 0
    after: int = 0
    receipts: str = "once"
    milliseconds: int = 50
    sessions: dict = field(default_factory=dict)
    unanswered: list = field(default_factory=list)
    parts: dict = field(default_factory=dict)
    running: set = field(default_factory=set)

    async def serve(self, server: "smpp34.Server") -> None:
        """Until the process ends."""
        while True:
            event = await server.next()
            if isinstance(event, smpp34.Esme):
                self.sessions[event.session_id] = event
                tell({"bound": event.system_id})
            elif isinstance(event, smpp34.Unbound):
                self.sessions.pop(event.session_id, None)
                tell({"unbound": True})
            else:
                await self.take(event)

    async def take(self, event: "smpp34.SubmitSmEvent") -> None:
        """Answer one message as switched."""
        answer = self._strike()
        told = {"to": event.destination_addr, "coding": event.data_coding, "esm_class": event.esm_class}
        if answer in REFUSALS:
            event.reject(REFUSALS[answer])
            return tell({"refused": answer} | told)
        if answer == "none":
            # held, for the library refuses what is dropped
            self.unanswered.append(event)
            return tell({"unanswered": True} | told)
        if answer == "unbind":
            self.unanswered.append(event)
            tell({"left": True} | told)
            return await self.sessions[event.session_id].unbind()
        message_id = uuid.uuid4().hex[:20]
        if self.receipts == "reversed":
            await self._report(event, message_id, *RECEIPTS["DELIVERED"])
        self._keep(event, message_id)
        event.accept(message_id)
        tell({"taken": message_id} | told)
        self._later(self._report_end(event, message_id))
        return None

    def switch(self, line: str) -> None:
        """One line of standard input."""
        change = json.loads(line)
        if "phone" in change:
            self.state.set_outcome(change["phone"], change["outcome"])
        if "answer" in change:
            self.answer, self.times, self.after = change["answer"], change.get("times", 0), change.get("after", 0)
        self.receipts, self.milliseconds = change.get("receipts", self.receipts), change.get("milliseconds", self.milliseconds)
        tell("ok")

    def _strike(self) -> str:
        answer = self.answer
        if self.after:
            self.after -= 1
            return "take"
        if self.times:
            self.times -= 1
            self.answer = self.answer if self.times else "take"
        return answer

    def _keep(self, event: "smpp34.SubmitSmEvent", message_id: str) -> None:
        """A whole message, joined from its parts as a phone would."""
        phone, content = event.destination_addr.removeprefix(COUNTRY), event.short_message
        if event.esm_class & UDH_FLAG:
            reference, total, number = content[3], content[4], content[5]
            parts = self.parts.setdefault((phone, reference), {})
            parts[number] = content[6:]
            if len(parts) < total:
                return
            content = b"".join(parts[each] for each in sorted(self.parts.pop((phone, reference))))
        self.state.add_message(phone=phone, text=content.decode("utf-16-be"), idempotency_key=message_id)

    async def _report_end(self, event: "smpp34.SubmitSmEvent", message_id: str) -> None:
        outcome = self.state.outcome(event.destination_addr.removeprefix(COUNTRY))
        if self.receipts in ("none", "reversed") or outcome == "SILENT" or not event.registered_delivery:
            return
        await asyncio.sleep(self.milliseconds / 1000)
        for _ in range(2 if self.receipts == "twice" else 1):
            await self._report(event, message_id, *RECEIPTS.get(outcome, RECEIPTS["UNKNOWN"]))

    async def _report(self, event: "smpp34.SubmitSmEvent", message_id: str, state: str, error: str) -> None:
        # to any session that is bound, as SMSCs do: the one that sent may be gone
        session = self.sessions.get(event.session_id) or next(iter(self.sessions.values()), None)
        text = f"id:{message_id} sub:001 dlvrd:001 submit date:2611240000 done date:2611240001 stat:{state} err:{error} text:"
        try:
            if session is not None:
                answer = await session.deliver_sm(
                    event.source_addr, text.encode(), source_addr=event.destination_addr, esm_class=RECEIPT_CLASS
                )
                tell({"reported": message_id, "state": state, "acknowledged": answer.is_success})
        except smpp34.SmppError as error_:
            tell({"not_reported": message_id, "why": str(error_)})

    def _later(self, work) -> None:
        # a task that nobody holds may be collected before its end
        task = asyncio.ensure_future(work)
        self.running.add(task)
        task.add_done_callback(self.running.discard)


def tell(what: object) -> None:
    """One line on standard output."""
    print(what if isinstance(what, str) else json.dumps(what), flush=True)


async def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.smpp", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=2775, help="port to listen on")
    parser.add_argument("--state", type=Path, help="folder of the sandbox's state, whose page then shows the messages")
    options = parser.parse_args()
    smsc = Smsc(State(options.state))
    server = smpp34.Server(options.host, options.port, system_id="sandbox")
    await server.start()
    asyncio.get_running_loop().add_reader(sys.stdin, _read_switch, smsc)
    tell(f"sandbox smpp listening on {options.host}:{options.port}")
    await smsc.serve(server)


def _read_switch(smsc: Smsc) -> None:
    line = sys.stdin.readline()
    if line:
        smsc.switch(line)
    else:
        asyncio.get_running_loop().remove_reader(sys.stdin)


if __name__ == "__main__":
    asyncio.run(main())
