"""How long this stage keeps what is not identity material, as rules of the one table (docs/retention.md)."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from realname import policy
from registration.retention import Act, Rule, register
from verification.models import Inquiry
from verification.sources.policy import INQUIRY_INDEX_DAYS


def _indexed(at: datetime) -> QuerySet:
    since = at - timedelta(days=policy.value(INQUIRY_INDEX_DAYS))
    return Inquiry.objects.filter(~Q(question_index=None, subject_index=None), asked_at__lte=since)


register(
    Rule(
        name="inquiries",
        what=_("Which person a question to a source was about"),
        clock=_("the question"),
        days=INQUIRY_INDEX_DAYS,
        act=Act.ERASE_FIELDS,
        stays=_("the row with its answer, digest and cost"),
        source="R-28; PIPL art. 19",
        covers=("verification.Inquiry",),
        since="asked_at",
        due=_indexed,
        erase=lambda rows: rows.update(question_index=None, subject_index=None),
        application="application_id",
    )
)
