"""The view function behind every list."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from rencheng.foundation.web.lists.export import export
from rencheng.foundation.web.lists.rows import Rows
from rencheng.foundation.web.lists.spec import ListSpec
from rencheng.foundation.web.lists.state import read
from rencheng.foundation.web.lists.view import build

PART = "web/lists/list.html"


def list_page(
    request: HttpRequest,
    spec: ListSpec,
    rows: Rows,
    *,
    template: str = "web/lists/page.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """
    Answer a request for a list: a page, a part of a page for htmx, or a file.

    Parameters
    ----------
    request
        Its address holds filters, sort, columns and the cursor; ``format`` asks for a file.
    spec
        The list's declaration.
    rows
        All rows the reader may see.
    template, context
        The page around the list; it includes ``web/lists/list.html`` and finds the list as
        ``list``. The default shows ``title`` and ``intro`` of the context above the list.

    Returns
    -------
    response
        422 with the list's own words beside the field where a filter holds a mistake.

    Raises
    ------
    InputError
        For an address no link of ours leads to (damaged cursor, unknown sort): a 400 page.
    """
    state = read(spec, request.GET)
    form = request.GET.get("format")
    if form:
        return export(state, rows, form)
    view = build(request, state, rows)
    # A browser going back asks for the whole page, whatever it remembers of htmx.
    part = "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
    response = render(
        request,
        PART if part else template,
        {**(context or {}), "list": view},
        status=422 if state.problems else 200,
    )
    patch_vary_headers(response, ("HX-Request",))
    if part:
        # The address the reader may keep and pass on: no empty fields, always the same order.
        response.headers["HX-Push-Url"] = request.path + _address(request, view.state.url())
    return response


def _address(request: HttpRequest, bare: str) -> str:
    kept = {name: request.GET[name] for name in ("after", "before", "last") if name in request.GET}
    pieces = [piece for piece in (bare.removeprefix("?"), urlencode(kept)) if piece]
    return f"?{'&'.join(pieces)}" if pieces else ""
