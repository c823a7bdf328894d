"""For those who watch over the house: whether it is alive, and whether it is ready."""

from typing import Final

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rencheng.foundation.web.access import public

ROBOTS: Final = "User-agent: *\nDisallow: /api/\nDisallow: /account/\nDisallow: /*?\n"


@public
@require_safe
@never_cache
def alive(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError as error:
        return JsonResponse({"alive": False, "database": type(error).__name__}, status=503)
    return JsonResponse({"alive": True, "database": connection.vendor})


@public
@require_safe
@never_cache
def ready(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and no migration waits, else 503."""
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        return JsonResponse({"ready": False, "database": type(error).__name__}, status=503)
    return JsonResponse(
        {"ready": not waiting, "migrations_waiting": waiting}, status=503 if waiting else 200
    )


@public
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Tell crawlers to keep to the pages: lists can be filtered without end."""
    return HttpResponse(ROBOTS, content_type="text/plain")
