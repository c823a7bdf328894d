"""Django application of the web."""

from django.apps import AppConfig
from django.core import checks


class WebConfig(AppConfig):
    """Sign-in, lists, catalogue and ledger pages, and what every page shares."""

    name = "rencheng.foundation.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hand our checks to Django."""
        from rencheng.foundation.web.checks import menus

        checks.register(menus, checks.Tags.urls)
