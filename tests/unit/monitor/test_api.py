"""The JSON API: typed, cached by the state of the figures, and plain about what it refuses."""

import json
from typing import Any

import pytest
from django.test import Client
from pydantic import TypeAdapter

from rencheng.services.monitor import schemas
from tests.fixtures.outbreak import Outbreak, day

SHAPES: dict[str, Any] = {
    "summary": schemas.Summary,
    "table": schemas.Table,
    "map": schemas.MapOut,
    "frames": schemas.Frames,
    "chart": schemas.Chart,
    "compare?places=LJ11,LJ20": schemas.Chart,
    "compare?places=LJ11,LJ20&since=100": schemas.Chart,
    "flags": list[schemas.FlagOut],
    "series?places=LJ,LJ10&show=confirmed,growth_rate": schemas.SeriesSet,
    "indicators": list[schemas.IndicatorOut],
}


@pytest.fixture
def asking(client: Client) -> Any:
    def ask(what: str, status: int = 200, **headers: str) -> Any:
        answer = client.get(f"/api/monitor/{what}", headers=headers)
        assert answer.status_code == status, answer.content[:500]
        return answer

    return ask


@pytest.mark.parametrize("what", SHAPES)
def test_answers_have_the_promised_shape(outbreak: Outbreak, asking: Any, what: str) -> None:
    TypeAdapter(SHAPES[what]).validate_json(asking(what).content)


def test_the_summary_says_figure_change_source_and_where_it_is_explained(
    outbreak: Outbreak, asking: Any
) -> None:
    said = asking("summary?lang=en").json()
    first = said["figures"][0]
    assert (first["indicator"], first["value"], first["change"]) == ("confirmed", 1920, 0)
    assert first["sources"] == ["made-up/desk"]
    assert first["explained_at"].startswith("/monitor/figure/?place=LJ&show=confirmed")
    assert said["place"]["name"] == "Linjiang"
    assert said["growth"]["direction"] == "unknown"


def test_frames_are_one_row_a_day_and_one_cell_a_place(outbreak: Outbreak, asking: Any) -> None:
    said = asking("frames?level=city").json()
    assert said["ids"] == ["LJ11", "LJ12", "LJ20"]
    assert len(said["dates"]) == len(said["values"]) == 30
    assert said["values"][0] == [60, 20, 40]


def test_the_map_has_points_and_leads_to_places(outbreak: Outbreak, asking: Any) -> None:
    features = asking("map?level=city").json()["features"]
    assert [one["properties"]["id"] for one in features] == ["LJ11", "LJ12", "LJ20"]
    assert features[0]["geometry"]["type"] == "Point"
    assert features[0]["properties"]["url"] == "/monitor/place/LJ11/"


def test_lines_aligned_on_a_number_begin_where_each_reached_it(
    outbreak: Outbreak, asking: Any
) -> None:
    said = asking("compare?places=LJ11,LJ12&since=100&lang=en").json()
    assert said["x"]["type"] == "number"
    for line in said["series"]:
        assert 100 <= line["values"][0] < 200


def test_an_answer_is_not_sent_twice_and_changes_with_the_figures(
    outbreak: Outbreak, asking: Any
) -> None:
    first = asking("summary")
    tag = first.headers["ETag"]
    assert asking("summary", 304, if_none_match=tag).content == b""
    assert asking("summary?lang=en").headers["ETag"] != tag
    outbreak.totals("LJ", [7] * 31)
    fresh = asking("summary", if_none_match=tag)
    assert fresh.headers["ETag"] != tag
    assert fresh.json()["figures"][0]["value"] == 7


def test_both_languages_are_spoken(outbreak: Outbreak, asking: Any) -> None:
    zh, en = (asking(f"chart?lang={language}").json() for language in ("zh", "en"))
    assert zh["title"] == "临江国 · 累计确诊"
    assert en["title"] == "Linjiang · Confirmed"


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("summary?place=nowhere", "no place has the code"),
        ("table?sort=happiness", "should be one of"),
        ("chart?show=happiness", "none of confirmed"),
        ("frames?day=2024-02-31", "is not a date"),
        ("compare?places=LJ,nobody", "no place has the code"),
        ("flags?rule=astrology", "should be one of"),
        ("series?places=LJ&show=", "1 to 10"),
        ("series?places=LJ&show=happiness", "is unknown"),
        ("series?places=LJ&first=2024-03-05&last=2024-03-01", "no span of days"),
        ("series?places=LJ&first=0001-01-01&last=9999-01-01", "too long"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(
    outbreak: Outbreak, asking: Any, what: str, says: str
) -> None:
    said = asking(what, 422).json()
    assert said["error"] == "InputError"
    assert says in said["message"]


@pytest.mark.parametrize(
    "what",
    ["table?limit=0", "table?limit=100000", "summary?day=tomorrow", "compare?places=LJ&since=-1",
     "summary?lang=fr", "flags?least=purple", "summary?place=" + "x" * 100],
)  # fmt: skip
def test_malformed_questions_are_refused(outbreak: Outbreak, asking: Any, what: str) -> None:
    asking(what, 422)


def test_an_empty_house_says_so(land: Outbreak, asking: Any) -> None:
    assert "no figures have been loaded" in asking("summary", 422).json()["message"]


def test_figures_and_flags_of_a_past_day(outbreak: Outbreak, asking: Any) -> None:
    asked = f"known={day(9).isoformat()}"
    said = asking(f"summary?{asked}").json()
    assert said["day"] == said["known"] == day(9).isoformat()
    assert said["figures"][0]["value"] == 6 * round(20 * 2 ** (9 / 5))
    series = asking(f"series?places=LJ&{asked}").json()
    assert series["days"] == 10
    assert json.loads(asking(f"frames?{asked}").content)["dates"][-1] == day(9).isoformat()


def test_a_place_nobody_speaks_of_shows_its_parts(land: Outbreak, asking: Any) -> None:
    land.totals("LJ10", [10, 20, 40])
    land.totals("LJ20", [1, 2, 4])
    said = asking("chart?lang=en").json()
    assert [line["name"] for line in said["series"]] == ["East", "West"]
    assert asking("summary").json()["figures"] == []


def test_one_report_of_one_part_is_no_division(land: Outbreak, asking: Any) -> None:
    land.totals("LJ10", [1_000, 1_500])
    land.totals("LJ11", [3], source="clinic")
    assert asking("flags?rule=parts").json() == []
