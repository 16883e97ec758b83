"""One change, for who may see it."""

from uuid import UUID

from changes.models import ChangeRequest
from realname.access.guards import visible


def find_change(change_id: UUID) -> ChangeRequest:
    """The change with its person. Raises Http404."""
    return visible(ChangeRequest.objects.select_related("person").filter(pk=change_id).first())
