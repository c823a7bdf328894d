"""What the monitor says on the first page of the house."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rencheng.services.monitor.pages import context_of
from rencheng.services.monitor.view import view_of

CARDS = 4


def front(request: HttpRequest) -> str:
    """Give the newest figures of the largest place that has any, and what is odd about them."""
    view = view_of({})
    if view is None:
        return ""
    context = context_of(view, "overview")
    context["cards"] = context["cards"][:CARDS]
    return render_to_string("monitor/front.html", context, request)
