"""Tables of the ledger: what was sent, and what became of it."""

from django.db import models

from rencheng.foundation.memory.fields import InstantField
from rencheng.foundation.memory.sources.models import KindName, Source


class Entry(models.Model):
    """One delivery (a chunk of a file, a request): sent = stored + duplicate + rejected."""

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, models.PROTECT)
    kind = models.ForeignKey(KindName, models.PROTECT, db_index=False)
    delivery = models.CharField(max_length=120, blank=True, db_index=True)
    received_at = InstantField(db_index=True)
    sent = models.PositiveIntegerField()
    stored = models.PositiveIntegerField()
    duplicate = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    derived = models.BooleanField(default=False)

    class Meta:
        db_table = "memory_entry"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    sent=models.F("stored") + models.F("duplicate") + models.F("rejected")
                ),
                name="ledger_balances",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(derived=False), name="entry_not_derived"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sent} = {self.stored} + {self.duplicate} + {self.rejected}"


class Rejection(models.Model):
    """
    A row that was refused: where it stood, what it was, what it should have been.

    ``reasons`` is a JSON list of {"field", "was", "should"}; ``row`` the row as it came.
    """

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="rejections")
    line = models.BigIntegerField(null=True)
    reasons = models.JSONField()
    row = models.JSONField()

    class Meta:
        db_table = "memory_rejection"

    def __str__(self) -> str:
        return f"line {self.line}"
