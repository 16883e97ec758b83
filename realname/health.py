"""Whether this process lives, and whether it can do its work."""

import structlog
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


@require_safe
@never_cache
def livez(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the process can answer at all: asks nobody else."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, queue and migrations are in order, else 503. Names parts, never addresses."""
    parts = {"database": _works(_ask_database), "queue": _works(_ask_queue), "migrations": _works(_ask_migrations)}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _works(ask) -> bool:
    try:
        return ask()
    except (DatabaseError, RedisError, OSError) as error:
        log.warning("health_part_down", part=ask.__name__, error=type(error).__name__)
        return False


def _ask_database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _ask_queue() -> bool:
    cache.get("healthz")
    return True


def _ask_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


urlpatterns = [
    path("livez", livez, name="livez"),
    path("healthz", healthz, name="healthz"),
]
