"""The KPIs, as data, in the order of the page. A new one is counted from now on; `manage.py kpis rebuild` counts its past."""

from monitoring.kpis.applications_decided import ApplicationsDecided
from monitoring.kpis.applications_started import ApplicationsStarted
from monitoring.kpis.applications_submitted import ApplicationsSubmitted
from monitoring.kpis.base import Kpi
from monitoring.kpis.changes import Changes
from monitoring.kpis.checks import Checks
from monitoring.kpis.decision_time import DecisionTime
from monitoring.kpis.face_free import FaceFree
from monitoring.kpis.phone_codes import PhoneCodes
from monitoring.kpis.reviews import Reviews
from monitoring.kpis.risk_levels import RiskLevels
from monitoring.kpis.sources import Sources
from monitoring.kpis.straight_through import StraightThrough

KPIS: tuple[Kpi, ...] = (
    ApplicationsStarted(),
    ApplicationsSubmitted(),
    ApplicationsDecided(),
    StraightThrough(),
    DecisionTime(),
    Reviews(),
    PhoneCodes(),
    FaceFree(),
    RiskLevels(),
    Changes(),
    Checks(),
    Sources(),
)
