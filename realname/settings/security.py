"""What the browser may do, and how long a session lives."""

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

from realname.paths import var_dir
from realname.settings import env
from realname.settings.base import DEVELOPMENT
from realname.settings.secret import development_secret

SECRET_KEY = env.text("REALNAME_SECRET_KEY")
if not SECRET_KEY:
    if not DEVELOPMENT:
        raise ImproperlyConfigured(
            "REALNAME_SECRET_KEY is not set. Make one: python -c 'import secrets; print(secrets.token_urlsafe(48))'."
        )
    SECRET_KEY = development_secret(var_dir() / "keys" / "secret_key")

ALLOWED_HOSTS = env.names("REALNAME_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEVELOPMENT else [])
# where the links in messages to phones lead
PUBLIC_URL = env.text("REALNAME_PUBLIC_URL", f"https://{ALLOWED_HOSTS[0]}" if ALLOWED_HOSTS else "").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.names("REALNAME_ORIGINS")
# How many proxies of ours stand in front: their X-Forwarded-For entries are believed, no others.
TRUSTED_PROXIES = env.number("REALNAME_TRUSTED_PROXIES", 0)

_https = env.flag("REALNAME_HTTPS", not DEVELOPMENT)
SECURE_SSL_REDIRECT = _https
# health checks speak to the process itself, behind the proxy that does TLS
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31536000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
METRICS_TOKEN = env.text("REALNAME_METRICS_TOKEN")

SESSION_ENGINE = "realname.access.session_store"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# A registration takes minutes; half an hour away from it asks for the phone again (counted to the minute: the session's store).
SESSION_COOKIE_AGE = 1800
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "realname.ui.errors.csrf_failure"

# Passkeys of people's accounts (Web Authentication): the domain they are made for. Empty: there are none. Our pages' addresses are
# REALNAME_ORIGINS where set, else the one a request came to.
PASSKEY_RP_ID = env.text("REALNAME_PASSKEY_DOMAIN", "localhost" if DEVELOPMENT else "")
PASSKEY_ORIGINS = CSRF_TRUSTED_ORIGINS

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        # the face detector of the capture pages (static/js/guidance)
        "worker-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
# What unfold needs on top, on the pages of the staff's site only (realname/access/site.py): Alpine evaluates the expressions in
# its attributes, and the theme's colours come in a <style>. Inline scripts and other origins stay forbidden there too.
ADMIN_CSP_ADDITIONS = {"script-src": [UNSAFE_EVAL], "style-src": [UNSAFE_INLINE]}
