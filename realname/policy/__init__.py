"""Numbers and switches that compliance may change without a release, typed and versioned.

Each app declares its parameters in `policy.py`; reading is `policy.value(LINE_LIMIT)`, and every decision notes
`policy.version()`, so that it can be said later by which numbers it was made.
"""

from .parameters import Parameter, all_parameters
from .values import Snapshot, current, value, version

__all__ = ["Parameter", "Snapshot", "all_parameters", "current", "value", "version"]
