"""Django application of the files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The files room."""

    name = "rencheng.sensing.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
