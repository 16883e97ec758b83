"""Cards of soldiers (军官证, 士兵证, 文职干部证)."""

from django.utils.translation import gettext_lazy as _

from registration.documents.base import DocumentType
from registration.documents.service_cards import service_card

DOCUMENT: DocumentType = service_card(
    code="military_id",
    order=90,
    label=_("Military ID"),
    holders=_("For members of the armed forces."),
)
