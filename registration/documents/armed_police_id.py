"""Cards of the armed police (警官证, 士兵证 of the 武警)."""

from django.utils.translation import gettext_lazy as _

from registration.documents.base import DocumentType
from registration.documents.service_cards import service_card

DOCUMENT: DocumentType = service_card(
    code="armed_police_id",
    order=100,
    label=_("Armed police ID"),
    holders=_("For members of the People's Armed Police."),
)
