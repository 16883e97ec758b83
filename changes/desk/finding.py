"""One change, for who may see it."""

from uuid import UUID

from changes.models import ChangeRequest
from realname import masking
from realname.access.guards import visible
from realname.vault.errors import KeyErased


def find_change(change_id: UUID) -> ChangeRequest:
    """The change with its person. Raises Http404, also where the person's data are frozen (R-28)."""
    return visible(ChangeRequest.objects.select_related("person").filter(pk=change_id, person__frozen_at=None).first())


def masked_values(change: ChangeRequest) -> tuple[str, str]:
    """Before and after, masked; nothing once the person was erased."""
    try:
        return masking.mask_phone(change.before or ""), masking.mask_phone(change.after)
    except KeyErased:
        return "", ""
