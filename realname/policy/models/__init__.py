"""The nouns of policy."""

from realname.policy.models.draft import PolicyDraft
from realname.policy.models.dry_run import DryRun
from realname.policy.models.version import PolicyCancellation, PolicyVersion

__all__ = ["DryRun", "PolicyCancellation", "PolicyDraft", "PolicyVersion"]
