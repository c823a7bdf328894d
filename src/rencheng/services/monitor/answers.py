"""Answers that are worked out once for each state of the figures, and not sent twice."""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe

from rencheng.foundation.memory.indicators import api as indicators
from rencheng.foundation.places import api as places

KEPT_BYTES: Final = 48 * 1024 * 1024
FRESH_S: Final = 60


class _Store:
    """Bodies by key, the least recently used thrown out when they take too much room."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def get(self, key: str) -> bytes | None:
        """Find a body."""
        with self._lock:
            body = self._bodies.get(key)
            if body is not None:
                self._bodies.move_to_end(key)
            return body

    def put(self, key: str, body: bytes) -> None:
        """Keep a body."""
        if len(body) > KEPT_BYTES // 4:
            return
        with self._lock:
            self._size += len(body) - len(self._bodies.pop(key, b""))
            self._bodies[key] = body
            while self._size > KEPT_BYTES:
                self._size -= len(self._bodies.popitem(last=False)[1])


_store = _Store()


def stamp() -> str:
    """Give a mark that changes whenever an answer of the monitor could."""
    return f"{indicators.stamp()}.{places.stamp():x}"


def json_answer(
    request: HttpRequest, language: str | None, make: Callable[[], Mapping[str, Any]]
) -> HttpResponse:
    """
    Answer with JSON, from memory where the figures have not changed since it was last made.

    ``make`` is called in the asked language, else in the reader's.
    """
    spoken = {"zh": "zh-hans", "en": "en"}.get(language or "", translation.get_language() or "zh")
    key = _key(request, spoken)
    tag = f'"{key}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    body = _store.get(key)
    if body is None:
        with translation.override(spoken):
            body = _written(make()).encode()
        _store.put(key, body)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={FRESH_S}"
    if language is None:
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def part(request: HttpRequest, name: str, make: Callable[[], str]) -> SafeString:
    """
    Give a part of a page, from memory where the figures have not changed since it was last made.

    ``make`` gives safe HTML that depends on the address and the reader's language alone: no
    tokens, no names of readers.
    """
    key = _key(request, f"{translation.get_language()}|{name}")
    body = _store.get(key)
    if body is None:
        body = make().encode()
        _store.put(key, body)
    return mark_safe(body.decode())


def script(given: Mapping[str, Any]) -> str:
    """Write JSON that may stand inside a script of a page: no tag can begin or end in it."""
    text = _written(given)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _written(given: object) -> str:
    return json.dumps(given, ensure_ascii=False, separators=(",", ":"))


def _key(request: HttpRequest, language: str) -> str:
    asked = "&".join(f"{name}={','.join(values)}" for name, values in sorted(request.GET.lists()))
    told = f"{stamp()}|{language}|{request.path}|{asked}"
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()
