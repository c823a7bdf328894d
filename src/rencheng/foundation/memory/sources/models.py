"""Tables of the sources."""

from django.db import models


class KindName(models.Model):
    """A kind's name, so that the hot table carries two bytes instead of a text."""

    id = models.SmallAutoField(primary_key=True)
    name = models.CharField(max_length=120, unique=True)

    class Meta:
        db_table = "memory_kind"

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """
    Somebody or something that tells the city things: a file feed, a device, a desk.

    A trusted source may say when its figures were published; others are dated when received.
    Where two sources speak of the same figure, the lower ``rank`` is believed.
    """

    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=200, unique=True)
    title_zh = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    origin = models.TextField(blank=True)
    licence = models.CharField(max_length=200, blank=True)
    trusted = models.BooleanField(default=False)
    rank = models.PositiveSmallIntegerField(default=100)
    next_sequence = models.BigIntegerField(default=1)

    class Meta:
        db_table = "memory_source"

    def __str__(self) -> str:
        return self.name
