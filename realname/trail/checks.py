"""What must hold before the program may start."""

from typing import Any

from django.core import checks

from realname.trail.listeners import unknown_names


def check_listeners(app_configs: Any = None, **_: Any) -> list[checks.CheckMessage]:
    """Every listener names only events that some app registers."""
    return [
        checks.Error(
            f"Listener {listener!r} waits for {name!r}, which no app registers.",
            hint="Correct the name in @listens_to, or register the event in the app's events.py.",
            id="trail.E001",
        )
        for listener, name in unknown_names()
    ]
