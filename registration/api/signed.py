"""The door for machines of the operator's network: a small body, signed by who holds the key, and not played back (docs/outside.md)."""

from django.core.cache import cache
from django.http import HttpRequest, JsonResponse
from redis.exceptions import RedisError

from realname.outside.signing import WINDOW_SECONDS, request_is_signed

MAX_BODY = 4096


def refusal_at_the_door(request: HttpRequest, *, key: str, nonces: str) -> JsonResponse | None:
    """413 for too much, 401 unless signed; `nonces` names whose nonces are remembered."""
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length[:9]) > MAX_BODY:
        return JsonResponse({"error": "too_large"}, status=413)
    if not _is_signed(request, key, nonces):
        return JsonResponse({"error": "signature"}, status=401)
    return None


def _is_signed(request: HttpRequest, key: str, nonces: str) -> bool:
    """Without the cache a nonce can't be looked at: what is reported twice is harmless."""
    target = request.get_full_path()
    if not key or not request_is_signed(key=key, method="POST", target=target, headers=request.headers, body=request.body):
        return False
    try:
        return cache.add(f"{nonces}-nonce:{request.headers['X-Nonce']}", 1, timeout=2 * WINDOW_SECONDS)
    except (RedisError, OSError):
        return True
