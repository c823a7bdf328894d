"""Addresses of the monitor."""

from django.urls import URLPattern, path, re_path

from rencheng.services.monitor import outgoing, pages

app_name = "monitor"
urlpatterns: list[URLPattern] = [
    path("", pages.overview, name="overview"),
    path("table/", pages.table, name="table"),
    path("place/<str:code>/", pages.place, name="place"),
    path("compare/", pages.compare, name="compare"),
    path("flags/", pages.flags, name="flags"),
    path("figure/", pages.figure, name="figure"),
    path("data/", outgoing.data, name="data"),
    re_path(r"^data/figures\.(?P<kind>csv|parquet|json)$", outgoing.file, name="file"),
    path("about/", outgoing.about, name="about"),
    path("embed/<slug:piece>/", outgoing.embed, name="embed"),
]
