"""Where a page of the files stands."""

from django.urls import reverse
from django.utils.translation import gettext as _


def trail(*steps: dict[str, str]) -> list[dict[str, str]]:
    """Give the steps from the list of loads down to a page."""
    return [{"url": reverse("files:list"), "label": _("Files")}, *steps]


def mapping_trail(*steps: dict[str, str]) -> list[dict[str, str]]:
    """Give the steps from the list of loads over the mappings down to a page."""
    return trail({"url": reverse("files:mappings"), "label": _("Mappings")}, *steps)
