"""What lies outside: the SMS gateway and the authorities that are asked about identities, reached over HTTP."""

from realname.settings import env
from realname.settings.base import DEVELOPMENT

# The sandbox stands in for all of them on a development machine; every page says so while it does.
SANDBOX = env.flag("REALNAME_SANDBOX", False)
SANDBOX_URL = env.text("SANDBOX_URL", "http://127.0.0.1:8090" if DEVELOPMENT else "")
SMS_GATEWAY_URL = env.text("SMS_GATEWAY_URL", SANDBOX_URL)
AUTHORITY_URL = env.text("AUTHORITY_URL", SANDBOX_URL)
# Shared secrets that sign our requests (HMAC-SHA256).
SMS_GATEWAY_KEY = env.text("SMS_GATEWAY_KEY", "sandbox-sms-key" if DEVELOPMENT else "")
AUTHORITY_KEY = env.text("AUTHORITY_KEY", "sandbox-authority-key" if DEVELOPMENT else "")
# Further authorities; one without an address is not asked.
BUREAU_URL = env.text("BUREAU_URL", SANDBOX_URL)
BUREAU_KEY = env.text("BUREAU_KEY", "sandbox-bureau-key" if DEVELOPMENT else "")
OPERATORS_URL = env.text("OPERATORS_URL", SANDBOX_URL)
OPERATORS_KEY = env.text("OPERATORS_KEY", "sandbox-operators-key" if DEVELOPMENT else "")
OPERATOR_NAME = env.text("REALNAME_OPERATOR_NAME", "realname")
