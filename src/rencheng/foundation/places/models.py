"""Tables of places; they never leave this room, `api` gives plain data."""

from datetime import date, timedelta
from typing import ClassVar, Final

from django.db import models

from rencheng.foundation.places import paths

# Stored ends of "since always" and "until further notice", so that a date is one range check.
ALWAYS = date.min
OPEN = date.max
# Longest texts, so that a bulk write can refuse a row before the database does.
LENGTHS: Final = {"code": 64, "name_zh": 120, "name_en": 160, "population_source": 200}
LAST_DAY = OPEN - timedelta(days=1)


class Place(models.Model):
    """
    A place: a country, a district, a building, a gate, or a group that is counted like one.

    Its number is given out by `PlaceCounter` and not by the database, so that the path (which
    contains it) is written together with the row.
    """

    id = models.BigIntegerField(primary_key=True)
    code = models.CharField(max_length=LENGTHS["code"])
    name_zh = models.CharField(max_length=LENGTHS["name_zh"])
    name_en = models.CharField(max_length=LENGTHS["name_en"], blank=True)
    # Our own romanisation, where nobody gave an English name; made when the place is written.
    romanised = models.CharField(max_length=LENGTHS["name_en"], blank=True)
    aliases = models.JSONField(default=list)
    level = models.CharField(max_length=16)
    site_kind = models.CharField(max_length=24, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=paths.LONGEST)
    valid_from = models.DateField(default=ALWAYS)
    valid_to = models.DateField(default=OPEN)  # the first day on which it is no more
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    h3 = models.BigIntegerField(null=True)
    population = models.BigIntegerField(null=True)
    population_year = models.SmallIntegerField(null=True)
    population_source = models.CharField(max_length=LENGTHS["population_source"], blank=True)
    tz = models.CharField(max_length=64, blank=True)  # blank: that of the place above

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["path"], name="place_path"),
            models.UniqueConstraint(fields=["code", "valid_from"], name="place_code_from"),
            models.CheckConstraint(
                condition=models.Q(valid_from__lt=models.F("valid_to")), name="place_has_days"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["level", "path"], name="place_level_path"),
            models.Index(fields=["h3"], name="place_h3"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_zh}"


class PlaceName(models.Model):
    """A word under which a place is found: `naming` says which words a place answers to."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names")
    key = models.CharField(max_length=160)
    rank = models.SmallIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key"], name="place_name_key")]

    def __str__(self) -> str:
        return self.key


class PlaceBorder(models.Model):
    """Where a place lay, from one day to another."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="borders")
    valid_from = models.DateField(default=ALWAYS)
    valid_to = models.DateField(default=OPEN)
    wkb = models.BinaryField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    area_km2 = models.FloatField()
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "valid_from"], name="border_place_from"),
            models.CheckConstraint(
                condition=models.Q(valid_from__lt=models.F("valid_to")), name="border_has_days"
            ),
        ]

    def __str__(self) -> str:
        return f"border of {self.place_id} from {self.valid_from}"


class PlaceSuccession(models.Model):
    """One place followed another on a day: merged, split, renamed or recoded."""

    old = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="followed_by")
    new = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="follows")
    on = models.DateField()
    kind = models.CharField(max_length=16)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} {self.kind} into {self.new_id} on {self.on}"


class PlaceCounter(models.Model):
    """
    One row: the next free number of a place, and a stamp that changes with the map.

    Whoever writes places locks this row first, so that writers queue up on every database.
    """

    next_id = models.BigIntegerField(default=1)
    # Drawn at random, not counted: a copy or roll-back must never meet a cached stamp again.
    stamp = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"next place {self.next_id}, stamp {self.stamp}"
