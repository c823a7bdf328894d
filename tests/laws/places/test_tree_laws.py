"""Laws of the tree: a path tells the same story as following parents."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rencheng.foundation.places import api
from rencheng.foundation.places.models import Place, PlaceBorder, PlaceName, PlaceSuccession

pytestmark = pytest.mark.django_db
LEVELS = [name for name in api.LEVELS if name != "group"]
slow_database = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def trees(draw) -> list[dict[str, object]]:
    """Random trees of up to 25 places: each has a level below that of its parent."""
    rows: list[dict[str, object]] = []
    for number in range(draw(st.integers(1, 25))):
        upper = draw(st.none() | st.integers(0, number - 1)) if number else None
        lowest = 0 if upper is None else LEVELS.index(str(rows[upper]["level"])) + 1
        rank = draw(st.integers(min(lowest, 9), 9))
        rows.append(
            {
                "code": f"P{number}",
                "name_zh": f"地点{number}",
                "level": LEVELS[rank],
                "parent": None if upper is None else f"P{upper}",
            }
        )
    return rows


def clear() -> None:
    """Every example starts on an empty map."""
    PlaceSuccession.objects.all().delete()
    PlaceBorder.objects.all().delete()
    PlaceName.objects.all().delete()
    Place.objects.all().update(parent=None)
    Place.objects.all().delete()


def as_table(rows: list[dict[str, object]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema_overrides={"parent": pl.String})


def store(rows: list[dict[str, object]]) -> dict[str, int]:
    clear()
    written = api.upsert(as_table(rows))
    assert (written.created, written.refused) == (len(rows), ())
    return dict(Place.objects.values_list("code", "id"))


def by_following_parents(root: int) -> set[int]:
    below = {root}
    for child in Place.objects.filter(parent_id=root).values_list("id", flat=True):
        below |= by_following_parents(child)
    return below


def paths_tell_the_parents() -> None:
    for place_id, parent_id in Place.objects.values_list("id", "parent_id"):
        assert set(api.subtree_ids(place_id)) == by_following_parents(place_id)
        above = api.ancestors(place_id)
        assert [one.id for one in above][-1:] == ([parent_id] if parent_id else [])


@given(trees())
@slow_database
def test_a_subtree_by_path_is_the_subtree_by_following_parents(rows):
    store(rows)
    paths_tell_the_parents()


@given(trees(), st.data())
@slow_database
def test_moving_places_takes_their_subtrees_along(rows, data):
    store(rows)
    for _ in range(data.draw(st.integers(1, 4))):
        moved, target = (f"P{data.draw(st.integers(0, len(rows) - 1))}" for _ in range(2))
        before = set(Place.objects.values_list("id", flat=True))
        under = set(api.subtree_ids(api.get(moved).id))
        written = api.upsert(as_table([{"code": moved, "parent": target}]))
        assert written.sent == written.changed + written.unchanged + len(written.refused) == 1
        assert set(Place.objects.values_list("id", flat=True)) == before
        assert set(api.subtree_ids(api.get(moved).id)) == under
        if written.changed:
            assert api.by_id(api.get(moved).id).parent_id == api.get(target).id
    paths_tell_the_parents()


@given(trees(), st.randoms())
@slow_database
def test_the_order_of_rows_does_not_matter(rows, random):
    def picture() -> set[tuple[str, tuple[str, ...]]]:
        return {
            (one["code"], tuple(above.code for above in api.ancestors(one["id"])))
            for one in api.table().iter_rows(named=True)
        }

    store(rows)
    expected = picture()
    shuffled = list(rows)
    random.shuffle(shuffled)
    store(shuffled)
    assert picture() == expected


@given(trees())
@slow_database
def test_handing_in_the_same_table_again_changes_nothing(rows):
    store(rows)
    before = api.table()
    written = api.upsert(as_table(rows))
    assert (written.created, written.changed, written.unchanged) == (0, 0, len(rows))
    assert api.table().equals(before)


@given(trees(), st.data())
@slow_database
def test_every_row_is_stored_known_or_refused(rows, data):
    clear()
    spoiled = [dict(row) for row in rows]
    for row in spoiled:
        field = data.draw(st.sampled_from(["", "", "code", "name_zh", "level", "parent"]))
        if field:
            row[field] = data.draw(st.sampled_from(["", None, "P0", "nowhere", "P" * 500]))
    written = api.upsert(as_table(spoiled))
    assert written.sent == len(rows)
    assert written.sent == written.stored + written.unchanged + len(written.refused)
    assert Place.objects.count() == written.created
    assert all(one.should.zh and one.should.en for one in written.refused)
    paths_tell_the_parents()
