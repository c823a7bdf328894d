"""Tables of the files: mappings by version, loads, why rows were refused, and waiting uploads."""

from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.db import models

from rencheng.foundation.memory.fields import InstantField
from rencheng.kernel.words import Words


def _account() -> "models.ForeignKey[Any, Any]":
    """Who did it; what was done stays when the account is gone."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )


class MappingVersion(models.Model):
    """
    A mapping as it was at some time; an edited mapping is a new version, nothing is overwritten.

    ``body`` is its TOML: a table of the database would lose the order of its keys, which counts.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    body = models.TextField()
    digest = models.CharField(max_length=64)
    shipped = models.BooleanField(default=False)
    made_at = InstantField()
    made_by = _account()

    class Meta:
        db_table = "files_mapping"
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="mapping_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class State(models.TextChoices):
    """How a load stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


STATES = {
    State.RUNNING: Words("进行中", "Running"),
    State.DONE: Words("已完成", "Done"),
    State.FAILED: Words("失败", "Failed"),
    State.CANCELLED: Words("已停止", "Stopped"),
}


class Load(models.Model):
    """
    A file on its way into the journal.

    ``rows_done`` is the point where a load that was cut off goes on: it moves in the very
    transaction that stores the rows before it. ``holder`` changes with each run, so that of two
    runs of one load only the later one can write. The sums are those of the ledger's entries with
    the delivery ``load-<id>``.
    """

    id = models.BigAutoField(primary_key=True)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    mapping_name = models.CharField(max_length=120)
    mapping_version = models.PositiveIntegerField()
    mapping_digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=120)
    source = models.CharField(max_length=200)

    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    holder = models.CharField(max_length=32, blank=True)
    columns = models.JSONField(default=list)
    rows_total = models.BigIntegerField(null=True)
    rows_done = models.BigIntegerField(default=0)
    sent = models.BigIntegerField(default=0)
    stored = models.BigIntegerField(default=0)
    duplicate = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    started_at = InstantField()
    moved_at = InstantField()
    finished_at = InstantField(null=True)  # type: ignore[misc]  # the stubs cannot say so
    error = models.TextField(blank=True, default="")
    requested_by = _account()

    class Meta:
        db_table = "files_load"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    sent=models.F("stored") + models.F("duplicate") + models.F("rejected")
                ),
                name="load_balances",
            ),
        ]
        indexes = [
            models.Index(fields=["sha256", "mapping_digest"], name="load_content"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.sent} = {self.stored} + {self.duplicate} + {self.rejected}"

    @property
    def delivery(self) -> str:
        """What ties its entries of the ledger together."""
        return f"load-{self.pk}"


class RefusedCell(models.Model):
    """
    One reason why a row of a load was refused, by problem, so that people can filter.

    The row itself stands in the ledger (`balance.rejections`).
    """

    id = models.BigAutoField(primary_key=True)
    load = models.ForeignKey(Load, models.CASCADE, db_index=False)
    line = models.BigIntegerField()
    problem = models.CharField(max_length=24)
    field = models.CharField(max_length=120)
    was = models.CharField(max_length=200)
    should = models.CharField(max_length=400)

    class Meta:
        db_table = "files_refused_cell"
        indexes = [
            models.Index(fields=["load", "line", "id"], name="refused_line"),
            models.Index(fields=["load", "problem", "line", "id"], name="refused_problem"),
        ]

    def __str__(self) -> str:
        return f"line {self.line}, {self.field}: {self.problem}"


class Upload(models.Model):
    """
    A file that somebody sent and that waits to be loaded.

    Kept under ``stored_as``, a name nobody can guess; deleted as soon as it is loaded, and after
    `uploads.DAYS_KEPT` in any case.
    """

    id = models.CharField(max_length=32, primary_key=True)
    file_name = models.CharField(max_length=120)
    stored_as = models.CharField(max_length=80)
    size_bytes = models.BigIntegerField()
    sent_at = InstantField()
    sent_by = _account()
    mapping_name = models.CharField(max_length=120, blank=True)
    job_id = models.BigIntegerField(null=True)
    load_id = models.BigIntegerField(null=True)
    deleted_at = InstantField(null=True)  # type: ignore[misc]  # the stubs cannot say so

    class Meta:
        db_table = "files_upload"
        indexes = [
            models.Index(
                fields=["sent_at"], condition=models.Q(deleted_at=None), name="upload_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def kept(self) -> bool:
        """Tell whether the file is still there."""
        return cast("datetime | None", self.deleted_at) is None
