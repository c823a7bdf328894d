"""The editor of mappings: tie the columns of a file to the fields of a kind, see what comes out."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rencheng.foundation.memory.kinds import Kind, all_kinds, kind_named
from rencheng.foundation.web.access import signed_in, staff_only
from rencheng.foundation.web.lists.label import say
from rencheng.kernel.errors import ConflictError, DataError, InputError, RenchengError
from rencheng.sensing.files import mappings
from rencheng.sensing.files.checking import faults
from rencheng.sensing.files.explaining import explained
from rencheng.sensing.files.mapping.spec import Mapping, Reading
from rencheng.sensing.files.models import Upload
from rencheng.sensing.files.pages.drafting import Form, form_of, mapping_of
from rencheng.sensing.files.pages.laying import laid_out
from rencheng.sensing.files.pages.sample import Sample, sample_of, without_file
from rencheng.sensing.files.pages.sending import find as find_upload
from rencheng.sensing.files.pages.showing import shown_preview
from rencheng.sensing.files.pages.suggesting import suggested
from rencheng.sensing.files.pages.trail import mapping_trail
from rencheng.sensing.files.preview import preview


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the table of somebody who edits a mapping."""

    kind: Kind
    base: Mapping | None
    upload: Upload | None
    sample: Sample
    form: Form


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def new(request: HttpRequest) -> HttpResponseBase:
    """Make a mapping for a file that was sent: first what it is about, then its columns."""
    upload = find_upload(request.GET.get("upload", ""))
    kind_name = request.GET.get("kind", "")
    if not kind_name:
        context = {"upload": upload, "kinds": _kinds(), "trail": _trail(_("New mapping"))}
        return render(request, "files/kinds.html", context)
    kind = kind_named(kind_name)
    try:
        sample = sample_of(upload, Reading(), ())
    except (InputError, DataError) as error:
        messages.error(request, say(explained(error)))
        return HttpResponseRedirect(reverse("files:list"))
    form = suggested(sample.columns, sample.cells, kind, upload.file_name)
    return _answer(request, Desk(kind, None, upload, sample, form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def edit(request: HttpRequest, name: str) -> HttpResponseBase:
    """Change a mapping, or make a copy of one that comes with the house."""
    known = mappings.named(name)
    upload, sample = _sample_for(request, known.mapping)
    form = form_of(known.mapping)
    if known.shipped:
        # A copy needs a name and a source of its own, or it would stand in the other's way.
        source = known.mapping.source.name
        form |= {"name": f"{name}-copy", "source_name": f"{source}-copy", "match_names": ""}
    return _answer(
        request, Desk(kind_named(known.mapping.kind), known.mapping, upload, sample, form)
    )


@require_POST
@staff_only
def attempt(request: HttpRequest) -> HttpResponseBase:
    """Answer the editor's form with what it would store, without storing anything."""
    base = request.POST.get("base", "")
    mapping = mappings.named(base).mapping if base else None
    kind = kind_named(request.POST.get("kind", ""))
    upload, sample = _sample_for(request, mapping)
    desk = Desk(kind, mapping, upload, sample, _said(request))
    return render(request, "files/editor/attempt.html", _context(desk))


def _answer(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    if request.method != "POST":
        return render(request, "files/editor/page.html", _context(desk))
    said = Desk(desk.kind, desk.base, desk.upload, desk.sample, _said(request))
    context = _context(said)
    if "save" not in request.POST or context["wrong"]:
        status = 422 if context["wrong"] else 200
        return render(request, "files/editor/page.html", context, status=status)
    try:
        known = mappings.record(
            mapping_of(said.form, desk.base, desk.kind), made_by=signed_in(request).pk
        )
    except (InputError, ConflictError) as error:
        context["wrong"] = [say(explained(error))]
        return render(request, "files/editor/page.html", context, status=422)
    messages.success(
        request,
        _("Saved as version %(version)d of %(name)s.")
        % {"version": known.version, "name": known.mapping.name},
    )
    if desk.upload is not None and desk.upload.kept:
        address = reverse("files:upload", args=[desk.upload.pk])
        return HttpResponseRedirect(f"{address}?mapping={known.mapping.name}")
    return HttpResponseRedirect(reverse("files:mapping", args=[known.mapping.name]))


def _context(desk: Desk) -> dict[str, Any]:
    context = {
        "base": desk.base.name if desk.base else "",
        "upload": desk.upload,
        "trail": _trail(say(desk.base.title) if desk.base else _("New mapping")),
        "wrong": [],
        **laid_out(desk.form, desk.kind, desk.sample, desk.base),
    }
    try:
        mapping = mapping_of(desk.form, desk.base, desk.kind)
        context["wrong"] = [say(fault) for fault in faults(mapping, desk.kind)]
        if not context["wrong"] and desk.sample.opened is not None:
            context |= shown_preview(preview(desk.sample.opened, mapping), mapping)
            context["mapping"] = mapping
    except RenchengError as error:
        context["wrong"] = [say(explained(error))]
    return context


def _said(request: HttpRequest) -> Form:
    return {name: str(value) for name, value in request.POST.items()}


def _sample_for(request: HttpRequest, mapping: Mapping | None) -> tuple[Upload | None, Sample]:
    """Give the file that the mapping is tried on: the one named, read as the mapping reads it."""
    number = request.GET.get("upload", "") or request.POST.get("upload", "")
    reading = _reading(request.POST, mapping)
    if number:
        upload = find_upload(number)
        try:
            return upload, sample_of(upload, reading, mapping.steps if mapping else ())
        except (InputError, DataError) as error:
            messages.warning(request, say(explained(error)))
    if mapping is None:
        return None, Sample(None, (), {})
    return None, without_file(mapping)


def _reading(form: MappingOf[str, str], mapping: Mapping | None) -> Reading:
    before = mapping.reading if mapping else Reading()
    header = form.get("header", str(before.header))
    return Reading(
        encoding=form.get("encoding", before.encoding),
        delimiter=form.get("delimiter", before.delimiter),
        sheet=form.get("sheet", before.sheet),
        header=int(header) if header.isascii() and header.isdigit() else 1,
    )


def _kinds() -> list[dict[str, str]]:
    return [
        {
            "name": kind.name,
            "title": say(kind.title),
            "about": say(kind.about),
            "fields": "、".join(say(field.title) for field in kind.fields[:6])
            + ("…" if len(kind.fields) > 6 else ""),
        }
        for kind in all_kinds()
    ]


def _trail(label: str) -> list[dict[str, str]]:
    return mapping_trail({"label": label})
