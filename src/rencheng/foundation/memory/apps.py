"""Django application of the memory."""

from django.apps import AppConfig


class MemoryConfig(AppConfig):
    """Clock, kinds, journal, ledger, catalogue, indicators."""

    name = "rencheng.foundation.memory"
    label = "memory"
    default_auto_field = "django.db.models.BigAutoField"
