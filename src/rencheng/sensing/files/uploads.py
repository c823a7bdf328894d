"""Files that people send, from the moment they arrive until they are loaded and deleted."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path, PurePath

from django.conf import settings

from rencheng.foundation.memory.clock import now
from rencheng.kernel.errors import InputError
from rencheng.sensing.files.convert.phrases import clean
from rencheng.sensing.files.mapping.spec import Reading
from rencheng.sensing.files.models import Upload
from rencheng.sensing.files.opened import open_file

# Larger files go through the command line, which needs no browser to wait.
MOST_BYTES = 256 * 2**20
DAYS_KEPT = 7


def folder() -> Path:
    """Give the folder of uploads, readable by the house alone."""
    place = Path(settings.UPLOADS)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def keep(
    chunks: Iterable[bytes], file_name: str, *, sent_by: int | None, mapping_name: str = ""
) -> Upload:
    """
    Keep a file that was sent, under a name nobody can guess, if it is what its name says.

    Raises
    ------
    InputError
        If its ending is not known or it is too large; nothing is kept then.
    DataError
        If its content is not a table of that kind; nothing is kept then.
    """
    number = secrets.token_hex(16)
    # The row stands first, so that no file is ever without one.
    upload = Upload.objects.create(
        id=number,
        file_name=_shown(file_name),
        stored_as=number,
        size_bytes=0,
        sent_at=now(),
        sent_by_id=sent_by,
        mapping_name=mapping_name,
    )
    path = folder() / number
    good = False
    try:
        upload.size_bytes = _write(path, chunks, upload.file_name)
        # Looks at the content too: a picture called .csv is no table.
        open_file(path, Reading(), upload.file_name)
        upload.save(update_fields=["size_bytes"])
        good = True
    finally:
        if not good:
            path.unlink(missing_ok=True)
            Upload.objects.filter(pk=number).delete()
    return upload


def path_of(upload: Upload) -> Path:
    """
    Give the place of an upload's file.

    Raises
    ------
    InputError
        If it has been deleted.
    """
    path = folder() / upload.stored_as
    if not path.exists():
        raise InputError(f"file {upload.file_name} is no longer kept; send it again")
    return path


def discard(upload: Upload) -> None:
    """Delete an upload's file; its row stays to say so."""
    (folder() / upload.stored_as).unlink(missing_ok=True)
    Upload.objects.filter(pk=upload.pk, deleted_at=None).update(deleted_at=now())


def tidy() -> int:
    """Delete files that waited too long, and those no row knows; give how many."""
    last = now() - timedelta(days=DAYS_KEPT)
    gone = 0
    for upload in Upload.objects.filter(deleted_at=None, sent_at__lt=last):
        discard(upload)
        gone += 1
    known = set(Upload.objects.filter(deleted_at=None).values_list("stored_as", flat=True))
    for path in folder().iterdir():
        if path.name not in known:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _write(path: Path, chunks: Iterable[bytes], shown: str) -> int:
    size = 0
    with path.open("xb") as file:
        path.chmod(0o600)
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise InputError(
                    f"file {shown} has more than {MOST_BYTES:,} bytes; load it with the command "
                    "line"
                )
            file.write(chunk)
    return size


def _shown(file_name: str) -> str:
    """Give a file's name as it may be shown and stored: no folders, no control characters."""
    name = PurePath(file_name.replace("\\", "/")).name
    name = "".join(mark for mark in clean(name) if mark.isprintable())
    # The ending says what the file is, so a long name is cut at its front.
    return name[-120:] or "file"
