"""What machines ask of us: the API of the operator's own app (docs/api.md). Clients are kept by `manage.py api_client`."""

from realname.settings import env

REST_FRAMEWORK = {
    # no cookies: who asks says so in headers
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["registration.api.v1.parsers.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "registration.api.v1.problems.answer",
    "UNAUTHENTICATED_USER": None,
    "UPLOADED_FILES_USE_URL": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "realname: registration",
    "VERSION": "1",
    "DESCRIPTION": "The applicant's way for the operator's own app. See docs/api.md.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/registration/v1",
    "COMPONENT_SPLIT_REQUEST": True,
}
# RFC 9700: tokens are kept as digests and come in headers only; there is one grant, the client's own
OAUTH2_PROVIDER = {
    "SCOPES": {"registration": "Register people"},
    "DEFAULT_SCOPES": ["registration"],
    "ACCESS_TOKEN_EXPIRE_SECONDS": env.number("API_TOKEN_SECONDS", 600),
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
}
