"""Django application of the web."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The web room."""

    name = "rencheng.foundation.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
