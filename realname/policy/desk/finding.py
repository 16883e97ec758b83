"""One draft or version, for who may see the policy."""

from uuid import UUID

from realname.access.guards import visible
from realname.policy.models import PolicyDraft, PolicyVersion


def find_draft(draft_id: UUID) -> PolicyDraft:
    """The draft. Raises Http404."""
    return visible(PolicyDraft.objects.filter(pk=draft_id).first())


def find_version(number: int) -> PolicyVersion:
    """The version. Raises Http404; a number larger than any is none."""
    return visible(PolicyVersion.objects.filter(pk=number).first() if number < 2**31 else None)
