"""Addresses of the web kit."""

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from rencheng.foundation.web import account, health, home, preferences, signing_in
from rencheng.foundation.web.access import public

app_name = "web"

_favicon = public(RedirectView.as_view(url="/static/rencheng/mark.svg", permanent=False))
_manifest = public(RedirectView.as_view(url="/static/rencheng/site.webmanifest", permanent=False))

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("gallery/", home.gallery, name="gallery"),
    path("preferences/", preferences.preferences, name="prefs"),
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("account/", account.account, name="account"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path("favicon.ico", _favicon, name="favicon"),
    path("site.webmanifest", _manifest, name="manifest"),
]
