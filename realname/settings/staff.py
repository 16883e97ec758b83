"""Staff sign-in: second factor, throttled guesses, short sessions."""

from datetime import timedelta

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from realname.settings.outside import OPERATOR_NAME

AUTH_USER_MODEL = "access.Staff"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = reverse_lazy("admin:login")
LOGIN_REDIRECT_URL = reverse_lazy("admin:index")

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# of one address whatever the names: ten colleagues of one office may each lock themselves out before it closes for all
AXES_HANDLER = "realname.access.attempts.AttemptHandler"
SIGN_IN_FAILURES_OF_ADDRESS = 50
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "realname.access.network.sign_in_place"
AXES_LOCKOUT_CALLABLE = "realname.access.sign_in.locked_out"
OTP_TOTP_ISSUER = OPERATOR_NAME
# Staff are signed out after SESSION_COOKIE_AGE (30 minutes) without a request: settings/security.py.

# the blue of the public pages (static/css/site.css), lighter and darker, in OKLCH
_BLUE = {
    "50": "oklch(97.2% .012 257)",
    "100": "oklch(93.8% .028 257)",
    "200": "oklch(88.4% .053 257)",
    "300": "oklch(80.5% .092 257)",
    "400": "oklch(70.2% .135 257)",
    "500": "oklch(60.2% .154 257)",
    "600": "oklch(44.6% .138 257)",
    "700": "oklch(39.2% .124 257)",
    "800": "oklch(33.8% .104 257)",
    "900": "oklch(29.6% .082 257)",
    "950": "oklch(22.4% .058 257)",
}
UNFOLD = {
    "SITE_TITLE": OPERATOR_NAME,
    "SITE_HEADER": OPERATOR_NAME,
    "SITE_SUBHEADER": _("Real-name registration"),
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("icons/mark.svg")}],
    "SITE_SYMBOL": "verified_user",
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "COLORS": {"primary": _BLUE},
    "STYLES": [lambda request: static("css/desk.css")],
}
