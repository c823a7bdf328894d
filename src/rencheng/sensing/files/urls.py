"""Addresses of the files."""

from django.urls import URLPattern, path, re_path

from rencheng.sensing.files.pages import editor, loads, sending, shelf

app_name = "files"
urlpatterns: list[URLPattern] = [
    path("", loads.loads, name="list"),
    path("<int:load_id>/", loads.load, name="load"),
    re_path(
        r"^download/(?P<load_id>[0-9]+)/refused\.(?P<form>csv|xlsx)$", loads.refused, name="refused"
    ),
    path("send/", sending.send, name="send"),
    path("uploads/<slug:upload_id>/", sending.upload, name="upload"),
    path("uploads/<slug:upload_id>/load/", sending.begin, name="begin"),
    path("uploads/<slug:upload_id>/delete/", sending.discard, name="discard"),
    path("mappings/", shelf.shelf, name="mappings"),
    path("mappings/receive/", shelf.receive, name="receive_mapping"),
    path("mappings/new/", editor.new, name="new_mapping"),
    path("mappings/attempt/", editor.attempt, name="attempt"),
    path("mappings/<str:name>/", shelf.mapping, name="mapping"),
    path("mappings/<str:name>/edit/", editor.edit, name="edit_mapping"),
    path("download/mappings/<str:name>.toml", shelf.download, name="mapping_toml"),
]
