"""The JSON API of the house, with its OpenAPI description at /api/docs."""

from importlib import import_module

from ninja import NinjaAPI
from ninja.openapi.docs import Swagger
from ninja.renderers import JSONRenderer

from rencheng.foundation import house
from rencheng.foundation.web.routes import ROUTERS, problems


class Plain(JSONRenderer):
    """JSON in which Chinese is Chinese: half the size, and people can read it."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Rencheng 韧城",
    version="1",
    description="What the city knows, as data. Aggregates are open; the rest asks who and why.",
    urls_namespace="api",
    renderer=Plain(),
    # The shapes stand with the operations that use them.
    docs=Swagger(settings={"defaultModelsExpandDepth": -1}),
)
problems.install(api)

for _prefix, _router in ROUTERS:
    api.add_router(_prefix, _router)

for _service in house.services():
    if _service.routes is not None:
        _module, _, _name = _service.routes.partition(":")
        api.add_router(f"/{_service.name}", getattr(import_module(_module), _name))
