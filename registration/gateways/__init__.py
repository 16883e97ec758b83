"""Ways out to the person."""

from registration.gateways.sms import Message, SmsGateway

__all__ = ["Message", "SmsGateway"]
