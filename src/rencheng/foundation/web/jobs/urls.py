"""Addresses of the jobs."""

from django.urls import URLPattern, path

from rencheng.foundation.web.jobs import pages

app_name = "jobs"
urlpatterns: list[URLPattern] = [
    path("", pages.jobs, name="list"),
    path("<int:job_id>/", pages.job, name="job"),
    path("<int:job_id>.json", pages.job_json, name="json"),
    path("<int:job_id>/cancel/", pages.cancel, name="cancel"),
]
