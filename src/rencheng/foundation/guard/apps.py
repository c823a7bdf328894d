"""Django application of the guard."""

from django.apps import AppConfig


class GuardConfig(AppConfig):
    """Accounts and what they may do."""

    name = "rencheng.foundation.guard"
    label = "guard"
    default_auto_field = "django.db.models.BigAutoField"
