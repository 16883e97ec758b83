"""`python -m sandbox --port 8090`: start the sandbox and serve until SIGTERM or Ctrl-C."""

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path

from sandbox.app import App
from sandbox.server import Server
from sandbox.state import Identity, Invalid, State


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8090, help="port to listen on; 0 takes a free one and says which")
    parser.add_argument("--state", type=Path, help="folder that keeps identities and messages over a restart")
    parser.add_argument("--identities", type=Path, help="JSON file: a list of {name, id_number}, added at start")
    parser.add_argument("--receipts", default="", help="address that is told how messages and calls ended; none: nobody is told")
    return parser.parse_args()


def load_identities(state: State, file: Path) -> None:
    """Add what the file lists. Ends the program with a sentence when it can't be read."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        state.add_identities([Identity.read(item) for item in (content if isinstance(content, list) else [content])])
    except (OSError, ValueError) as error:
        reason = str(error) if isinstance(error, Invalid) else type(error).__name__
        sys.exit(f"sandbox: {file} can't be read as a JSON list of identities: {reason}")


def main() -> None:
    """Start, say where on standard output, and serve."""
    options = arguments()
    state = State(options.state)
    if options.identities:
        load_identities(state, options.identities)
    keys = {
        "authority": os.environ.get("AUTHORITY_KEY") or "sandbox-authority-key",
        "bureau": os.environ.get("BUREAU_KEY") or "sandbox-bureau-key",
        "enterprises": os.environ.get("ENTERPRISES_KEY") or "sandbox-enterprises-key",
        "operators": os.environ.get("OPERATORS_KEY") or "sandbox-operators-key",
        "sms": os.environ.get("SMS_GATEWAY_KEY") or "sandbox-sms-key",
        "voice": os.environ.get("VOICE_GATEWAY_KEY") or "sandbox-voice-key",
        "receipts": os.environ.get("RECEIPT_KEY") or "sandbox-receipt-key",
    }
    try:
        server = Server((options.host, options.port), App(state=state, keys=keys, receipts_to=options.receipts))
    except OSError as error:
        sys.exit(f"sandbox: can't listen on {options.host}:{options.port}: {error.strerror}")
    # shutdown() waits for the loop, which runs in this thread, so it is called from another
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown, daemon=True).start())
    print(f"sandbox listening on http://{options.host}:{server.server_address[1]}", flush=True)
    server.serve_forever(poll_interval=0.1)


if __name__ == "__main__":
    main()
