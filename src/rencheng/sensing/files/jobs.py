"""Work on files in the background."""

from collections.abc import Mapping
from typing import Any

from rencheng.foundation.jobs import api as jobs
from rencheng.foundation.jobs.progress import Cancelled
from rencheng.foundation.jobs.spec import Handle, JobSpec, Json
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words
from rencheng.sensing.files import api, loading, uploads
from rencheng.sensing.files.models import Load, Upload


def start(upload: Upload, mapping: str, *, requested_by: int | None, url: str) -> int:
    """Begin to load an upload in the background; give the number of the job."""
    job = jobs.start(
        "files.load",
        {"upload": upload.pk, "mapping": mapping, "requested_by": requested_by},
        title=Words(f"载入 {upload.file_name}", f"Load {upload.file_name}"),
        requested_by=requested_by,
        url=url,
        key=f"files.load:{upload.pk}",
    )
    Upload.objects.filter(pk=upload.pk).update(job_id=job, mapping_name=mapping)
    return job


def load_upload(handle: Handle, args: Mapping[str, Any]) -> Json:
    """Load an upload, going on where an earlier attempt stopped, and delete the file."""
    upload = Upload.objects.filter(pk=args["upload"]).first()
    if upload is None:
        raise InputError(f"upload {args['upload']} does not exist")

    def begun(load_id: int) -> None:
        Upload.objects.filter(pk=upload.pk).update(load_id=load_id)
        upload.load_id = load_id

    def told(done: int, total: int) -> None:
        words = Words(f"已载入 {done:,} 行，共 {total:,} 行", f"{done:,} of {total:,} rows")
        handle.report(done, total, words)
        handle.check_cancelled()

    try:
        result = api.load(
            uploads.path_of(upload),
            args["mapping"],
            name=upload.file_name,
            progress=told,
            begun=begun,
            requested_by=args["requested_by"],
        )
    except Cancelled:
        if upload.load_id is not None:
            loading.stop(Load.objects.get(pk=upload.load_id))
        raise
    uploads.discard(upload)
    return {"stored": result.stored, "duplicate": result.duplicate, "rejected": result.rejected}


def tidy(_handle: Handle, _args: Mapping[str, Any]) -> Json:
    """Delete uploads that nobody loaded."""
    return {"deleted": uploads.tidy()}


LOAD = JobSpec(
    name="files.load", title=Words("载入文件", "Load a file"), function=load_upload, lease_s=60
)
TIDY = JobSpec(
    name="files.tidy",
    title=Words("删除过期的上传文件", "Delete uploads nobody loaded"),
    function=tidy,
    every_s=6 * 3600,
)
