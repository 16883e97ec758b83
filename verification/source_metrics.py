"""What of the sources is read at /metrics at the moment of asking: outages, budgets, and who waits (P-MON-7)."""

from collections.abc import Iterator

import structlog
from django.db import DatabaseError
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from verification.models import SourceStanding
from verification.selectors import waiting_applications
from verification.sources.budget import used_share
from verification.sources.order import SOURCES

log = structlog.get_logger(__name__)


class SourceMetrics(Collector):
    """Reads the database when it is asked, so that any process answers the same."""

    def describe(self) -> list:
        """Nothing is read as the process starts."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges; none where the database is away: the other figures are still told."""
        try:
            yield from self._collect()
        except DatabaseError as error:
            log.warning("source_metrics_unread", error=type(error).__name__)

    def _collect(self) -> list[GaugeMetricFamily]:
        down = GaugeMetricFamily(
            "realname_source_down_seconds", "Seconds since a source stopped answering; 0: it answers", labels=["source"]
        )
        budget = GaugeMetricFamily("realname_source_budget_used", "Used share of a source's budget, 0 to 1.", labels=["source"])
        now = timezone.now()
        since = dict(SourceStanding.objects.filter(down_since__isnull=False).values_list("name", "down_since"))
        for source in SOURCES.values():
            if source.is_configured():
                down.add_metric([source.name], (now - since.get(source.name, now)).total_seconds())
                budget.add_metric([source.name], used_share(source.name))
        found = waiting_applications()
        waiting = GaugeMetricFamily("realname_applications_waiting", "Applications that wait for a source.", value=found["count"])
        oldest = (now - found["oldest"]).total_seconds() if found["oldest"] else 0.0
        longest = GaugeMetricFamily("realname_longest_wait_seconds", "Seconds the longest of them has waited.", value=oldest)
        return [down, budget, waiting, longest]
