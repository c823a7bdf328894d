"""Table of the indicators: bitemporal figures that can be rebuilt from the journal."""

from django.db import models

from rencheng.foundation.memory.fields import InstantField
from rencheng.foundation.memory.sources.models import Source


class IndicatorName(models.Model):
    """An indicator's name as a small number."""

    id = models.SmallAutoField(primary_key=True)
    name = models.CharField(max_length=120, unique=True)

    class Meta:
        db_table = "memory_indicator_name"

    def __str__(self) -> str:
        return self.name


class Figure(models.Model):
    """
    A value of an indicator at a place for a valid time, as known from an instant on.

    ``sequence`` points at the evidence: the observation (source, sequence) it came from, which was
    received at ``received_at``. Of two that a source dates alike, the one received last stands.
    """

    id = models.BigAutoField(primary_key=True)
    indicator = models.ForeignKey(IndicatorName, models.PROTECT, db_index=False)
    place_id = models.BigIntegerField()
    valid_at = InstantField()
    known_at = InstantField()
    received_at = InstantField()
    source = models.ForeignKey(Source, models.PROTECT, db_index=False)
    value = models.FloatField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    formula = models.PositiveSmallIntegerField(default=1)
    sequence = models.BigIntegerField()

    class Meta:
        db_table = "memory_figure"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "place_id", "valid_at", "known_at", "source"],
                name="figure_known_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value:g}"
