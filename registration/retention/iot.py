"""Retention of the network's reports on lines of things. The lines themselves go with their organisation (organisations.py)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from realname import policy
from registration.models import IotReport
from registration.policy import IOT_REPORT_DAYS
from registration.retention.base import Act, Rule, register

register(
    Rule(
        name="iot_reports",
        what=_("Reports of the network on lines of things"),
        clock=_("the moment reported of"),
        days=IOT_REPORT_DAYS,
        act=Act.DELETE_ROWS,
        stays=_("what of them broke a limit, in the trail"),
        source="R-19; R-28",
        covers=("registration.IotReport",),
        since="at",
        # a day later than none is taken any more, so that nothing counts twice
        due=lambda at: IotReport.objects.filter(at__lt=at - timedelta(days=policy.value(IOT_REPORT_DAYS) + 1)),
        erase=lambda rows: rows.delete()[0],
        person="",
    )
)
