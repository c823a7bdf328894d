"""Serve the gallery of components by itself: no database, no sign-in, our content policy on."""

import http.server
import mimetypes
import sys
from pathlib import Path

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path
from django.utils import translation

WEB = Path(__file__).resolve().parents[2] / "src" / "rencheng" / "foundation" / "web"
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; connect-src 'self'"
)


def nothing(_request: HttpRequest) -> HttpResponse:
    """Stand in for the views that the page names."""
    return HttpResponse(status=204)


urlpatterns = [
    path("i18n/", nothing, name="set_language"),
    path(
        "web/",
        include(
            (
                [
                    path("prefs", nothing, name="prefs"),
                    path("in", nothing, name="sign_in"),
                    path("out", nothing, name="sign_out"),
                ],
                "web",
            )
        ),
    ),
]


def page(query: str) -> str:
    """Render the gallery: ``lang=en``, ``large`` and ``screen`` may stand in the query."""
    english = "lang=en" in query
    menu = (
        ["The city now", "Epidemic", "Data", "Tasks", "Places"]
        if english
        else ["城市此刻", "疫情", "数据", "任务", "地方"]
    )
    with translation.override("en" if english else "zh-hans"):
        return render_to_string(
            "web/gallery.html",
            {
                "house": {
                    "menu": [
                        {"url": "#", "label": label, "current": i == 1}
                        for i, label in enumerate(menu)
                    ]
                },
                "prefs": {"large_text": "large" in query},
                "csrf_token": "t",
            },
            request=RequestFactory().get("/?" + query),
        )


class Handler(http.server.BaseHTTPRequestHandler):
    """Answer the page and its files."""

    def do_GET(self) -> None:
        """Answer a reading request."""
        place, _, query = self.path.partition("?")
        if place.startswith("/static/"):
            file = WEB / place.removeprefix("/")
            if not file.is_file():
                return self.send_error(404)
            kind = mimetypes.guess_type(file.name)[0] or "text/plain"
            return self.answer(file.read_bytes(), kind)
        return self.answer(page(query).encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        """Answer every form with "done"."""
        self.send_response(204)
        self.end_headers()

    def answer(self, body: bytes, kind: str) -> None:
        """Send a body under the house's content policy."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def main(port: int) -> None:
    """Serve until interrupted."""
    settings.configure(
        SECRET_KEY="gallery",
        ROOT_URLCONF=__name__,
        STATIC_URL="/static/",
        LANGUAGE_CODE="zh-hans",
        INSTALLED_APPS=["django.contrib.staticfiles"],
        LOCALE_PATHS=[str(WEB / "locale")],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [str(WEB / "templates")],
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
    )
    django.setup()
    mimetypes.add_type("application/manifest+json", ".webmanifest")
    print(f"http://127.0.0.1:{port}/  (?lang=en, ?large, ?screen)")
    http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8765)
