"""What would have been decided otherwise."""

import uuid

from django.db import models
from django.utils import timezone

from realname.policy.models.draft import PolicyDraft
from realname.policy.states import DRY_RUN_MOVES, DryRunStatus
from realname.states import StateMixin


class DryRun(StateMixin, models.Model):
    """The last applications judged again, by the draft as it stood then and by its base.

    Holds counts, codes and references, nothing personal.
    """

    machine = DRY_RUN_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(PolicyDraft, on_delete=models.CASCADE, related_name="dry_runs")
    # what was judged by
    base = models.PositiveIntegerField()
    changes = models.JSONField(default=dict)
    status = models.CharField(max_length=16, choices=DryRunStatus.choices, default=DryRunStatus.WAITING)
    wanted = models.PositiveIntegerField()  # how many of the last applications
    total = models.PositiveIntegerField(default=0)  # how many there are of them
    looked_at = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)  # what `rehearsal.Rehearsal.run` answers
    started_by = models.CharField(max_length=150, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    # who is at work on it, and until when we believe them
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-started_at",)
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["draft"], condition=models.Q(status="waiting"), name="dry_run_one_at_a_time"),
        ]

    @property
    def is_fresh(self) -> bool:
        """Is the draft still what was judged by?"""
        return (self.base, self.changes) == (self.draft.base, self.draft.changes)
