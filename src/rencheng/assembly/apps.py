"""Django application that puts the house together."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class AssemblyConfig(AppConfig):
    """Installs the services named in the settings."""

    name = "rencheng.assembly"
    label = "assembly"

    def ready(self) -> None:
        """Install each service once all models are known."""
        from rencheng.foundation import house

        house.install(
            import_module(f"{module}.service").SERVICE
            for module in [*settings.RENCHENG_SERVICES, *settings.RENCHENG_CONNECTORS]
        )
