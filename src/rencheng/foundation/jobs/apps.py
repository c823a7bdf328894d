"""Django application of the jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The jobs room."""

    name = "rencheng.foundation.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
