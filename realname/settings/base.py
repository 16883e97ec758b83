"""What the site is made of."""

from realname.paths import REPO
from realname.settings import env

# A development machine makes its own keys and shows the sandbox; production (the default) refuses both.
DEVELOPMENT = env.flag("REALNAME_DEVELOPMENT")
DEBUG = env.flag("REALNAME_DEBUG")
BASE_DIR = REPO

INSTALLED_APPS = [
    "realname.trail",
    "realname.vault",
    "realname.policy",
    "realname.access",
    "realname.queue",
    "realname.ui",
    "registration",
    "risk",
    "verification",
    "changes",
    "monitoring",
    # the plain configuration: the default one would put unfold's own site in the place of ours
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "realname.access.admin_config.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "csp",
    "django_prometheus",
    "rest_framework",
    "drf_spectacular",
    "oauth2_provider",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "realname.trail.correlation.CorrelationMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # before the protection that reads the body to find its token
    "realname.ui.uploads.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "registration.web.in_shop.InShopMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "realname.urls"
WSGI_APPLICATION = "realname.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [REPO / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "realname.ui.context.site",
                "registration.web.account.context.account",
            ],
        },
    },
]
