"""The gateways for messages and calls, played: what is sent or spoken is kept and shown, and reaches nobody."""

from sandbox.state import PHONE, Invalid, State

# A long message is joined from parts by the handset; gateways commonly stop at ten parts of 67 characters (GSM 03.40, UCS-2).
MAX_TEXT = 670


def send(state: State, payload: object, channel: str = "sms") -> dict:
    """Answer {message_id}; the same idempotency key twice is one message. Raises Invalid, or KeyReused for another message."""
    if not isinstance(payload, dict):
        raise Invalid("A message is an object with to, text and idempotency_key.")
    phone, text, key = (payload.get(name) for name in ("to", "text", "idempotency_key"))
    if not all(isinstance(value, str) and value for value in (phone, text, key)):
        raise Invalid("to, text and idempotency_key are text and not empty.")
    if not PHONE.fullmatch(phone):
        raise Invalid("to is a phone number in digits.")
    if len(text) > MAX_TEXT or len(key) > 200:
        raise Invalid(f"text has at most {MAX_TEXT} characters, idempotency_key 200.")
    return {"message_id": state.add_message(phone=phone, text=text, idempotency_key=key, channel=channel), "sandbox": True}
