"""The table of rights, one file for each app: route → what each role gets. A new route gets its line here."""

from tests.rights.routes import Route
from tests.rights.table import changes, ground, monitoring, registration, risk, verification

PARTS: dict[str, dict[str, Route]] = {
    "ground": ground.ROUTES,
    "registration": registration.ROUTES,
    "risk": risk.ROUTES,
    "verification": verification.ROUTES,
    "changes": changes.ROUTES,
    "monitoring": monitoring.ROUTES,
}
TABLE: dict[str, Route] = {name: route for part in PARTS.values() for name, route in part.items()}
