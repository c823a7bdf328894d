"""Table of the journal."""

from django.db import models

from rencheng.foundation.memory.fields import InstantField
from rencheng.foundation.memory.sources.models import KindName, Source


class Observation(models.Model):
    """
    What a source said. Append only; written by `journal.append` and nobody else.

    ``sequence`` is the source's own number for the statement, or a 63-bit digest of its content
    where the source has none (files). (source, sequence) makes every statement count once.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, models.PROTECT, db_index=False, db_constraint=False)
    sequence = models.BigIntegerField()
    entry_id = models.BigIntegerField()
    kind = models.ForeignKey(KindName, models.PROTECT, db_index=False, db_constraint=False)
    place_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=120, blank=True)
    event_at = InstantField()
    published_at = InstantField(null=True)  # type: ignore[misc]  # the stubs cannot say so
    received_at = InstantField()
    value = models.TextField()

    class Meta:
        db_table = "memory_observation"
        constraints = [
            models.UniqueConstraint(fields=["source", "sequence"], name="said_once"),
        ]
        indexes = [models.Index(fields=["entry_id"], name="observation_entry")]

    def __str__(self) -> str:
        return f"{self.source_id}/{self.sequence}"
