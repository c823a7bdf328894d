"""Addresses of the places."""

from django.urls import URLPattern, path

from rencheng.foundation.web.places import pages

app_name = "places"
urlpatterns: list[URLPattern] = [
    path("", pages.index, name="index"),
    path("suggest", pages.suggest, name="suggest"),
    path("map/<path:code>", pages.drawing, name="map"),
    path("at/<path:code>/", pages.place, name="place"),
]
