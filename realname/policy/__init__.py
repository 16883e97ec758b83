"""Numbers and switches that compliance may change without a release, typed and versioned.

Each app declares its parameters in `policy.py`; reading is `policy.value(LINE_LIMIT)`, and every decision notes
`policy.version()`, so that it can be said later by which numbers it was made. What reads several values does so inside
`policy.hold()`: all of them, and the number it notes, are then of one version.
"""

from .parameters import Parameter, all_parameters, ascending, section
from .values import Snapshot, current, hold, value, version

__all__ = ["Parameter", "Snapshot", "all_parameters", "ascending", "current", "hold", "section", "value", "version"]
