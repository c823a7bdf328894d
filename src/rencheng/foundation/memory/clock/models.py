"""The stored state of the clock."""

from django.db import models

from rencheng.foundation.memory.fields import InstantField


class ClockState(models.Model):
    """
    One row: what the clock showed (``shown``) at a real instant (``real``), and its speed.

    The clock shows ``shown + speed * (machine time - real)``. No row means machine time.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    shown = InstantField()
    real = InstantField()
    speed = models.FloatField(default=1.0)

    class Meta:
        db_table = "memory_clock"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_clock"),
            models.CheckConstraint(condition=models.Q(speed__gte=0), name="clock_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.shown} x{self.speed:g}"
