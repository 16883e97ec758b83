"""However many lines of a use are activated at the same moment, its quantity holds, and no number or device is given out twice (R-19)."""

import pytest

from registration.errors import IotRefused
from registration.models import IotLine, Number
from registration.services.iot.activate_lines import Card, activate_iot_lines
from registration.states import NumberStatus
from tests.factories import iot as make
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_activations_at_the_same_moment_stop_at_the_quantity():
    use = make.approved(quantity=3)
    make.stocked(20)
    clerk = make.clerk_of(use.organisation)

    def _activate() -> str:
        try:
            activate_iot_lines(actor=clerk, use_id=use.pk, cards=[Card(imei=make.new_imei())])
        except IotRefused as refused:
            return refused.code
        return ""

    assert sorted(map(str, at_once(*[_activate] * 8))) == [""] * 3 + ["iot_use_full"] * 5
    assert IotLine.objects.count() == len({line.number for line in IotLine.objects.all()}) == 3
    assert Number.objects.filter(status=NumberStatus.IN_USE).count() == 3


def test_one_device_at_the_same_moment_gets_one_line():
    uses, device = [make.approved() for _ in range(4)], make.new_imei()
    make.stocked(20)

    def _activate(use) -> str:
        try:
            activate_iot_lines(actor=make.clerk_of(use.organisation), use_id=use.pk, cards=[Card(imei=device)])
        except IotRefused as refused:
            return refused.code
        return ""

    assert sorted(map(str, at_once(*((lambda one=one: _activate(one)) for one in uses)))) == [""] + ["iot_imei_taken"] * 3
    assert Number.objects.filter(status=NumberStatus.IN_USE).count() == 1
