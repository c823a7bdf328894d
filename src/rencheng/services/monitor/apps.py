"""Django application of the monitor."""

from django.apps import AppConfig


class MonitorConfig(AppConfig):
    """The monitor room."""

    name = "rencheng.services.monitor"
    label = "monitor"
    default_auto_field = "django.db.models.BigAutoField"
