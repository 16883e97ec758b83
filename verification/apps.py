"""Stage 2: is it true?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from prometheus_client import REGISTRY


class VerificationConfig(AppConfig):
    """Checks, decision and review of applications."""

    name = "verification"
    verbose_name = _("Verification")

    def ready(self) -> None:
        """Make known what this stage says, hears, may be set, and re-sends."""
        from realname.policy import rehearsal
        from registration import explanations, organisation_evidence, reads, reason_texts
        from verification import events, listeners, notices, policy, retention, selectors, tasks  # noqa: F401
        from verification.desk.opening import Purpose
        from verification.explain import explain
        from verification.organisation_evidence import evidence_of
        from verification.reasons import REASONS
        from verification.rehearsal import DecisionRehearsal
        from verification.source_metrics import SourceMetrics
        from verification.sources import policy as sources_policy  # noqa: F401

        reason_texts.register_texts({code: reason.person for code, reason in REASONS.items()})
        reason_texts.set_progress_source(selectors.progress)
        rehearsal.register(DecisionRehearsal())
        reads.register_reads("pii.viewed", purposes={purpose.value: purpose.label for purpose in Purpose})
        explanations.set_explainer(explain)
        reason_texts.set_wait_source(selectors.wait)
        organisation_evidence.set_evidence_source(evidence_of)
        REGISTRY.register(SourceMetrics())
