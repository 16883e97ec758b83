"""Codes on their way to phones, with a gateway whose answers are set."""

from collections.abc import Callable
from uuid import UUID

import pytest

from registration.gateways.base import NotSent, Outgoing
from registration.gateways.http import HttpSms, HttpVoice
from registration.models import Application, Delivery, PhoneCode
from registration.services.hand_over import hand_over
from registration.services.request_phone_code import request_phone_code
from registration.states import Channel, FailureCause
from tests.factories import registration as make

BUSY = NotSent(FailureCause.GATEWAY_BUSY, later=True, certain=True)
SILENT = NotSent(FailureCause.GATEWAY_DOWN, later=True, certain=False)
REFUSED = NotSent(FailureCause.NUMBER_INVALID, later=False, certain=True)
OUR_FAULT = NotSent(FailureCause.CONTENT_REFUSED, later=False, certain=True)


class Gateway:
    """Notes what was sent; `answer` is raised, or called, or (as it is) all is well."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sent: list[tuple[Channel, Outgoing, UUID]] = []
        self.answer: NotSent | Callable[[UUID], None] | None = None
        for one in (HttpSms, HttpVoice):
            monkeypatch.setattr(one, "send", lambda gateway, message, *, key: self._send(gateway.channel, message, key))

    def _send(self, channel: Channel, message: Outgoing, key: UUID) -> list[str]:
        self.sent.append((channel, message, key))
        if isinstance(self.answer, NotSent):
            raise self.answer
        if self.answer:
            self.answer(key)
        return [f"m-{key}"]


def asked(application: Application | None = None, phone: str = "") -> PhoneCode:
    """A code that was asked for; nothing is sent yet."""
    application = application or make.started()
    return request_phone_code(actor=make.person_actor(application), application_id=application.pk, phone=phone or make.new_phone())


def delivery_of(code: PhoneCode, channel: Channel = Channel.SMS) -> Delivery:
    """The newest delivery of a code on a channel."""
    return Delivery.objects.of("phone_code", code.pk).filter(channel=channel).first()


def sent(code: PhoneCode, channel: Channel = Channel.SMS) -> Delivery:
    """Handed over now, however that ends."""
    hand_over(delivery_id=delivery_of(code, channel).pk)
    return delivery_of(code, channel)
