"""All addresses of the house: those of the foundation, then one prefix per service."""

from django.urls import URLPattern, URLResolver, include, path

from rencheng.assembly.api import api
from rencheng.foundation import house
from rencheng.foundation.web.preferences import switch_language


def _service_urls() -> list[URLResolver]:
    return [
        path(f"{service.prefix or service.name}/", include((service.pages, service.name)))
        for service in house.services()
        if service.pages is not None
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("rencheng.foundation.web.urls")),
    path("language/", switch_language, name="set_language"),
    path("places/", include("rencheng.foundation.web.places.urls")),
    path("jobs/", include("rencheng.foundation.web.jobs.urls")),
    path("files/", include("rencheng.sensing.files.urls")),
    path("api/", api.urls),
    *_service_urls(),
]

handler400 = "rencheng.foundation.web.errors.bad_request"
handler403 = "rencheng.foundation.web.errors.forbidden"
handler404 = "rencheng.foundation.web.errors.not_found"
handler500 = "rencheng.foundation.web.errors.server_error"
