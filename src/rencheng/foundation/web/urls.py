"""Addresses of the web kit."""

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from rencheng.foundation.web import account, health, home, preferences, signing_in
from rencheng.foundation.web.access import public
from rencheng.foundation.web.catalogue import pages as catalogue
from rencheng.foundation.web.ledger import pages as ledger

app_name = "web"

_favicon = public(RedirectView.as_view(url="/static/rencheng/mark.svg", permanent=False))
_manifest = public(RedirectView.as_view(url="/static/rencheng/site.webmanifest", permanent=False))

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("gallery/", home.gallery, name="gallery"),
    path("catalogue/", catalogue.catalogue_list, name="catalogue"),
    path("catalogue/dcat.jsonld", catalogue.dcat, name="dcat"),
    path("catalogue/<str:name>/", catalogue.data_set, name="data_set"),
    path("catalogue/<str:name>/steward/", catalogue.steward, name="steward"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/sources/<int:source_id>/", ledger.ledger_source, name="ledger_source"),
    path("ledger/deliveries/<int:entry_id>/", ledger.ledger_entry, name="ledger_entry"),
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
