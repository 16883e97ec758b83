"""What lies outside: the gateways to telephones, over HTTP or SMPP, and the authorities that are asked about identities, over HTTP."""

from django.core.exceptions import ImproperlyConfigured

from realname.settings import env
from realname.settings.base import DEVELOPMENT

# The sandbox stands in for all of them on a development machine; every page says so while it does.
SANDBOX = env.flag("REALNAME_SANDBOX", False)
SANDBOX_URL = env.text("SANDBOX_URL", "http://127.0.0.1:8090" if DEVELOPMENT else "")
# The gateways for text messages, in the order in which they are tried: http, smpp (registration/gateways/routes.py).
SMS_GATEWAYS = env.names("SMS_GATEWAY", ["http"])
if len(set(SMS_GATEWAYS)) != len(SMS_GATEWAYS) or not set(SMS_GATEWAYS) <= {"http", "smpp"}:
    raise ImproperlyConfigured(f"SMS_GATEWAY names http or smpp, each once, separated by commas, not {','.join(SMS_GATEWAYS)!r}.")
SMS_GATEWAY_URL = env.text("SMS_GATEWAY_URL", SANDBOX_URL)
AUTHORITY_URL = env.text("AUTHORITY_URL", SANDBOX_URL)
# Shared secrets that sign our requests (HMAC-SHA256).
SMS_GATEWAY_KEY = env.text("SMS_GATEWAY_KEY", "sandbox-sms-key" if DEVELOPMENT else "")
AUTHORITY_KEY = env.text("AUTHORITY_KEY", "sandbox-authority-key" if DEVELOPMENT else "")
# Signs what the HTTP gateways report to us. Another key than the one we sign with: the web server, which needs it, sends nothing.
RECEIPT_KEY = env.text("RECEIPT_KEY", "sandbox-receipt-key" if DEVELOPMENT else "")
# Signs what the network reports of lines of things (docs/iot.md); without it no report is taken.
NETWORK_KEY = env.text("NETWORK_KEY", "sandbox-network-key" if DEVELOPMENT else "")
# Calls that read a code aloud: none where no address is set.
VOICE_GATEWAY_URL = env.text("VOICE_GATEWAY_URL", SANDBOX_URL)
VOICE_GATEWAY_KEY = env.text("VOICE_GATEWAY_KEY", "sandbox-voice-key" if DEVELOPMENT else "")
# Whether there are calls at all: the web server, which offers them, is not told the address.
VOICE_GATEWAYS = ["http_voice"] if env.flag("VOICE_CALLS", bool(VOICE_GATEWAY_URL)) else []

# The SMPP session, held by `manage.py smpp`.
SMPP_HOST = env.text("SMPP_HOST", "127.0.0.1" if DEVELOPMENT else "")
SMPP_PORT = env.number("SMPP_PORT", 2775)
SMPP_SYSTEM_ID = env.text("SMPP_SYSTEM_ID", "realname" if DEVELOPMENT else "")
SMPP_PASSWORD = env.text("SMPP_PASSWORD")
SMPP_SYSTEM_TYPE = env.text("SMPP_SYSTEM_TYPE")
SMPP_TLS = env.flag("SMPP_TLS", not DEVELOPMENT)
SMPP_CA_FILE = env.text("SMPP_CA_FILE")
SMPP_SOURCE = env.text("SMPP_SOURCE")
SMPP_PREFIX = env.text("SMPP_PREFIX", "86")
# What the network's own error codes in receipts mean: `code=CAUSE`, separated by commas (registration.states.FailureCause).
SMPP_ERROR_CAUSES = dict(each.split("=", 1) if "=" in each else (each, "") for each in env.names("SMPP_ERROR_CAUSES"))
# SMPP 3.4 section 4.1: C-octet strings of 16, 9, 13 and 21 octets, the last of which is 0; a port has 16 bits.
for _name, _value, _most in (
    ("SMPP_SYSTEM_ID", SMPP_SYSTEM_ID, 15),
    ("SMPP_PASSWORD", SMPP_PASSWORD, 8),
    ("SMPP_SYSTEM_TYPE", SMPP_SYSTEM_TYPE, 12),
    ("SMPP_SOURCE", SMPP_SOURCE, 20),
):
    if len(_value) > _most or not _value.isascii():
        raise ImproperlyConfigured(f"{_name} has at most {_most} characters of ASCII.")
if not 0 < SMPP_PORT < 65536:
    raise ImproperlyConfigured(f"SMPP_PORT must be a port, 1 to 65535, not {SMPP_PORT}.")
if SMPP_PREFIX and not SMPP_PREFIX.isdecimal():
    raise ImproperlyConfigured(f"SMPP_PREFIX is the country's digits, or empty, not {SMPP_PREFIX!r}.")

# Further authorities; one without an address is not asked.
BUREAU_URL = env.text("BUREAU_URL", SANDBOX_URL)
BUREAU_KEY = env.text("BUREAU_KEY", "sandbox-bureau-key" if DEVELOPMENT else "")
OPERATORS_URL = env.text("OPERATORS_URL", SANDBOX_URL)
OPERATORS_KEY = env.text("OPERATORS_KEY", "sandbox-operators-key" if DEVELOPMENT else "")
# The register of enterprises, asked about organisations; without an address a reviewer decides by the papers alone.
ENTERPRISES_URL = env.text("ENTERPRISES_URL", SANDBOX_URL)
ENTERPRISES_KEY = env.text("ENTERPRISES_KEY", "sandbox-enterprises-key" if DEVELOPMENT else "")
OPERATOR_NAME = env.text("REALNAME_OPERATOR_NAME", "realname")
