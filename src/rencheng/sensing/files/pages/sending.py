"""Pages of uploads: a file arrives, is looked at, and is loaded."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from rencheng.foundation.jobs import api as jobs
from rencheng.foundation.web.access import signed_in, staff_only
from rencheng.foundation.web.lists.label import say
from rencheng.kernel.errors import ConflictError, DataError, InputError
from rencheng.sensing.files import mappings, uploads
from rencheng.sensing.files.explaining import explained
from rencheng.sensing.files.guessing import fits
from rencheng.sensing.files.jobs import start
from rencheng.sensing.files.matching import Fit, choose
from rencheng.sensing.files.models import Load, State, Upload
from rencheng.sensing.files.opened import open_file
from rencheng.sensing.files.pages.showing import shown_preview
from rencheng.sensing.files.pages.trail import trail
from rencheng.sensing.files.preview import preview


class _Limited(TemporaryFileUploadHandler):
    """Stops reading what is larger than we take, before it fills the disk."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece of the file in."""
        self.taken += len(raw_data)
        if self.taken > uploads.MOST_BYTES + 1:
            raise StopUpload(connection_reset=True)
        super().receive_data_chunk(raw_data, start)


@csrf_exempt  # checked in `_receive`, once our own handlers are in place
@require_POST
@staff_only
def send(request: HttpRequest) -> HttpResponseBase:
    """Take a file in and go to its page."""
    request.upload_handlers = [_Limited(request)]
    return _receive(request)


@csrf_protect
def _receive(request: HttpRequest) -> HttpResponseBase:
    sent = request.FILES.get("file")
    back = HttpResponseRedirect(reverse("files:list"))
    if not isinstance(sent, UploadedFile):
        messages.error(request, _no_file(request))
        return back
    try:
        upload = uploads.keep(
            _chunks(sent),
            sent.name or "",
            sent_by=signed_in(request).pk,
            mapping_name=_known(request.POST.get("mapping", "")),
        )
    except (InputError, DataError) as error:
        messages.error(request, say(explained(error)))
        return back
    return HttpResponseRedirect(reverse("files:upload", args=[upload.pk]))


@require_safe
@staff_only
def upload(request: HttpRequest, upload_id: str) -> HttpResponseBase:
    """Show an upload: which mapping fits, what it would store, and how far its load is."""
    row = find(upload_id)
    load = Load.objects.filter(pk=row.load_id).first() if row.load_id else None
    if load is not None and load.state == State.DONE:
        return HttpResponseRedirect(reverse("files:load", args=[load.pk]))
    job = jobs.card(row.job_id) if row.job_id else None
    context: dict[str, object] = {
        "upload": row,
        "trail": trail({"label": row.file_name}),
        "days_kept": uploads.DAYS_KEPT,
    }
    if job is not None and job.live:
        return render(request, "files/loading.html", {**context, "job": job})
    if not row.kept:
        return render(request, "files/gone.html", context, status=410)
    if load is not None and load.state == State.CANCELLED:
        context["stopped"] = load
    if job is not None and job.error.en:
        context["failed"] = say(explained(InputError(job.error.en)))
    context |= _choice(row, request.GET.get("mapping", ""))
    part = "HX-Request" in request.headers
    return render(request, "files/preview.html" if part else "files/upload.html", context)


@require_POST
@staff_only
def begin(request: HttpRequest, upload_id: str) -> HttpResponseBase:
    """Begin to load an upload with the mapping that was chosen."""
    row = find(upload_id)
    here = reverse("files:upload", args=[row.pk])
    try:
        uploads.path_of(row)
        known = mappings.named(request.POST.get("mapping", ""))
        start(row, known.mapping.name, requested_by=signed_in(request).pk, url=here)
    except (InputError, ConflictError) as error:
        messages.error(request, say(explained(error)))
    return HttpResponseRedirect(here)


@require_POST
@staff_only
def discard(request: HttpRequest, upload_id: str) -> HttpResponseBase:
    """Delete an upload that is not to be loaded."""
    row = find(upload_id)
    job = jobs.card(row.job_id) if row.job_id else None
    if job is not None and job.live:
        messages.warning(request, _("This file is being loaded. Stop that first."))
        return HttpResponseRedirect(reverse("files:upload", args=[row.pk]))
    uploads.discard(row)
    messages.success(request, _("%(name)s has been deleted.") % {"name": row.file_name})
    return HttpResponseRedirect(reverse("files:list"))


def find(upload_id: str) -> Upload:
    """Find an upload, or raise Http404."""
    row = Upload.objects.select_related("sent_by").filter(pk=upload_id).first()
    if row is None:
        raise Http404(f"there is no upload {upload_id}")
    return row


def _choice(row: Upload, asked: str) -> dict[str, object]:
    """Give the mappings that may be meant, the chosen one with its reason, and its preview."""
    said: dict[str, object] = {}
    try:
        path = uploads.path_of(row)
        found = fits(path, row.file_name)
    except (InputError, DataError) as error:
        return {"problem": say(explained(error))}
    wanted = asked if asked in found else row.mapping_name if row.mapping_name in found else ""
    chosen: Fit | None = found[wanted] if wanted else None
    if chosen is None:
        try:
            chosen = choose(found.values(), row.file_name)
        except InputError:
            several = any(one.fits for one in found.values())
            said["undecided"] = (
                _("Several mappings fit this file. Choose the one you mean.")
                if several
                else _("No mapping fits this file by itself. Choose one, or make one.")
            )
    said["options"] = [
        {
            "name": name,
            "title": say(one.mapping.title),
            "fits": not one.missing,
            "chosen": chosen is not None and name == chosen.mapping.name,
        }
        for name, one in sorted(found.items(), key=lambda pair: (bool(pair[1].missing), pair[0]))
    ]
    if chosen is None:
        return said
    said |= {"mapping": chosen.mapping, "why": say(chosen.why), "asked": bool(wanted)}
    try:
        opened = open_file(path, chosen.mapping.reading, row.file_name)
        said |= shown_preview(preview(opened, chosen.mapping), chosen.mapping)
    except (InputError, DataError) as error:
        said["problem"] = say(explained(error))
    return said


def _known(name: str) -> str:
    return name if name in mappings.all_known() else ""


def _chunks(sent: "UploadedFile[bytes]") -> Iterator[bytes]:
    yield from sent.chunks()


def _no_file(request: HttpRequest) -> str:
    if int(request.META.get("CONTENT_LENGTH") or 0) > uploads.MOST_BYTES:
        return _("This file is larger than %(size)d MB. Load it with the command line.") % {
            "size": uploads.MOST_BYTES // 2**20
        }
    return _("No file was chosen.")
