"""Tables of the jobs."""

from django.conf import settings
from django.db import models

from rencheng.foundation.memory.fields import InstantField
from rencheng.kernel.words import Words


class State(models.TextChoices):
    """How a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


LIVE = (State.QUEUED, State.RUNNING)


class Job(models.Model):
    """
    A piece of work: what was asked, by whom, how far it is, how it ended.

    Each worker that takes the job raises ``fence``; every write of a worker names the fence it
    holds, so one that lost the job cannot write any more. ``beats`` counts its signs of life:
    others notice that the number stands still, whatever any clock says.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=120)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=200, blank=True, default="")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    url = models.CharField(max_length=500, blank=True, default="")

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    message_zh = models.CharField(max_length=500, blank=True, default="")
    message_en = models.CharField(max_length=500, blank=True, default="")
    checkpoint = models.JSONField(null=True)
    result = models.JSONField(null=True)
    error_zh = models.TextField(blank=True, default="")
    error_en = models.TextField(blank=True, default="")
    cancel_requested = models.BooleanField(default=False)

    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    fence = models.PositiveIntegerField(default=0)
    beats = models.BigIntegerField(default=0)
    task = models.CharField(max_length=64, blank=True, default="")

    created_at = InstantField()
    started_at = InstantField(null=True)  # type: ignore[misc]  # the stubs cannot say so
    heard_at = InstantField(null=True)  # type: ignore[misc]  # the stubs cannot say so
    finished_at = InstantField(null=True)  # type: ignore[misc]  # the stubs cannot say so

    class Meta:
        db_table = "jobs_job"
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state__in=LIVE) & ~models.Q(key=""),
                name="one_live_job_a_key",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "id"], condition=models.Q(state__in=LIVE), name="job_live"
            ),
            models.Index(fields=["name", "id"], name="job_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk} ({self.state})"

    @property
    def title(self) -> Words:
        """What people call this job."""
        return Words(self.title_zh, self.title_en)

    @property
    def message(self) -> Words:
        """What the job is doing."""
        return Words(self.message_zh, self.message_en)

    @property
    def error(self) -> Words:
        """Why the job failed, fit to be shown."""
        return Words(self.error_zh, self.error_en)


class Due(models.Model):
    """When a periodic kind of job is due next, by the clock of the house."""

    name = models.CharField(max_length=120, primary_key=True)
    due_at = InstantField()

    class Meta:
        db_table = "jobs_due"

    def __str__(self) -> str:
        return f"{self.name} at {self.due_at}"
