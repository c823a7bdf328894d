"""Django application of the places."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The places room."""

    name = "rencheng.foundation.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
