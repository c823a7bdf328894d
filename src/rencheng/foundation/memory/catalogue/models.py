"""Table of the catalogue: who looks after a data set."""

from django.db import models

from rencheng.foundation.memory.fields import InstantField


class Stewardship(models.Model):
    """
    What staff says about a data set. Append only: each edit is a new version, the last one stands.

    Accounts are plain numbers, as the memory knows nobody.
    """

    id = models.BigAutoField(primary_key=True)
    data_set = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    steward_id = models.BigIntegerField(null=True)
    note = models.TextField(blank=True)
    open_question = models.TextField(blank=True)
    reviewed_at = InstantField(null=True)  # type: ignore[misc]  # the stubs cannot say so
    edited_by = models.BigIntegerField()
    edited_at = InstantField()

    class Meta:
        db_table = "memory_stewardship"
        constraints = [
            models.UniqueConstraint(fields=["data_set", "version"], name="stewardship_version"),
        ]

    def __str__(self) -> str:
        return f"{self.data_set} v{self.version}"
