"""`python -m realname.serve`: run the product on this machine. `script/demo` is the way in for people."""

import argparse
import os
import secrets
import signal
import sys
from pathlib import Path

from realname.embedded import stop_embedded_servers
from realname.paths import REPO, var_dir
from realname.serve import guard, leftovers, lock
from realname.serve.ports import NoFreePort
from realname.serve.run import WEB_PORT, Options, Run
from realname.serve.screen import say, step
from realname.serve.supervisor import StartFailed, Supervisor


class StopRequested(BaseException):
    """Ctrl-C, SIGTERM or the terminal's end."""


def main() -> int:
    """Run until stopped. 0: stopped or all as expected; 1: something failed or an applicant ended otherwise."""
    options = _options()
    os.chdir(REPO)
    _set_environment(options)
    try:
        held = lock.take(var_dir() / "run" / "lock")
    except lock.AlreadyRunning as error:
        say(f"{error} Stop that one first, or use a folder of your own: REALNAME_VAR=/some/folder script/demo")
        return 1
    run_file = var_dir() / "run" / "run_id"
    ended = leftovers.end_last_run(run_file)
    if ended:
        say(f"Ended {ended} processes left by a run that was killed.")
    run_id = secrets.token_hex(16)
    leftovers.remember(run_file, run_id)
    watcher = guard.start(run_id, lock=held)
    supervisor = Supervisor(run_id=run_id, log_dir=var_dir() / "log")
    _listen_to_signals(supervisor)
    try:
        return _run(Run(supervisor, options), options)
    except StopRequested:
        say()
        return 0 if not options.once else 130
    except (StartFailed, NoFreePort, RuntimeError) as error:
        say(f"\n{error}")
        return 1
    finally:
        _stop(supervisor, watcher)
        run_file.unlink(missing_ok=True)


def _run(run: Run, options: Options) -> int:
    run.prepare()
    run.start()
    result = run.show() if options.demo else 0
    if options.once:
        return result
    run.print_addresses()
    run.keep()
    return 0


def _stop(supervisor: Supervisor, watcher) -> None:
    """Children first, then the servers they need, then the guard, which looks once more."""
    supervisor.stopping = True
    supervisor.stop()
    with step("Stopping embedded servers"):
        stop_embedded_servers()
    watcher.stdin.close()
    watcher.wait()


def _listen_to_signals(supervisor: Supervisor) -> None:
    """The first asks everything to stop; the next, while stopping, kills."""

    def stop(*_) -> None:
        if supervisor.stopping:
            supervisor.hurry = True
        else:
            supervisor.stopping = True
            raise StopRequested

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, stop)


def _set_environment(options: Options) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "realname.settings")
    # logs appear as they are written
    os.environ["PYTHONUNBUFFERED"] = "1"
    # the machine's own addresses are never reached through a proxy
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name, ""), "127.0.0.1", "localhost"]))
    if options.demo:
        os.environ["REALNAME_DEVELOPMENT"] = "1"
        os.environ["REALNAME_SANDBOX"] = "1"


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="python -m realname.serve", description=__doc__)
    parser.add_argument("--demo", action="store_true", help="development machine: sandbox authority and demo applicants")
    parser.add_argument("--once", action="store_true", help="with --demo: end after the table")
    parser.add_argument("--json", type=Path, metavar="FILE", help="with --demo: write the table there too")
    parser.add_argument("--host", default="127.0.0.1", help="address the web server listens on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=WEB_PORT, help=f"first port to try (default {WEB_PORT})")
    given = parser.parse_args()
    if (given.once or given.json) and not given.demo:
        parser.error("--once and --json go with --demo")
    return Options(demo=given.demo, once=given.once, json=given.json and given.json.absolute(), host=given.host, port=given.port)


if __name__ == "__main__":
    sys.exit(main())
