"""Which gateways a channel has, in the order in which they are tried."""

from django.conf import settings

from registration.gateways.base import Gateway
from registration.gateways.http import HttpSms, HttpVoice
from registration.gateways.smpp.gateway import SmppSms
from registration.states import Channel

GATEWAYS: dict[str, Gateway] = {gateway.name: gateway for gateway in (HttpSms(), SmppSms(), HttpVoice())}


def route(channel: Channel) -> list[Gateway]:
    """The gateways of a channel that are in use; none where the operator has no such way."""
    names = settings.SMS_GATEWAYS if channel == Channel.SMS else settings.VOICE_GATEWAYS
    return [GATEWAYS[name] for name in names]


def gateway_named(name: str) -> Gateway:
    """The gateway of that name, in use or not: what was sent yesterday may still be spoken of."""
    return GATEWAYS[name]
