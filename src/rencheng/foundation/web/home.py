"""The first page: what the house offers, and how good its data are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rencheng.foundation.web.access import public, staff_only
from rencheng.foundation.web.menu import entries, items


@public
def home(request: HttpRequest) -> HttpResponse:
    """Show what the house offers to this reader."""
    return render(request, "web/home.html", {"offers": entries(request, items())})


@staff_only
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component of the pages, for those who build them."""
    return render(request, "web/gallery.html")
