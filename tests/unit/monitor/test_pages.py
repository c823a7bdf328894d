"""Pages for everybody: what they say, in both languages, loaded or empty."""

import csv
import io
import json

import polars as pl
import pytest
from django.test import Client

from rencheng.services.monitor import feeds
from tests.fixtures.outbreak import Outbreak, day

PAGES = (
    "/monitor/",
    "/monitor/?level=city&show=dead",
    "/monitor/place/LJ10/",
    "/monitor/place/LJ11/",
    "/monitor/compare/",
    "/monitor/compare/?places=LJ11,LJ20&since=100",
    "/monitor/flags/",
    "/monitor/data/",
    "/monitor/about/",
    "/monitor/figure/?place=LJ11&show=growth_rate",
    "/monitor/embed/chart/",
    "/monitor/embed/map/",
    "/monitor/embed/headline/",
)


def read(client: Client, url: str, *, language: str = "en", status: int = 200) -> str:
    answer = client.get(url, headers={"accept-language": language})
    assert answer.status_code == status, f"{url}: {answer.status_code}"
    return answer.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("url", PAGES)
def test_every_page_opens_without_signing_in(
    outbreak: Outbreak, client: Client, url: str, language: str
) -> None:
    page = read(client, url, language=language)
    assert "rencheng/house.js" in page
    assert "{{" not in page
    assert "{%" not in page


@pytest.mark.parametrize("url", PAGES)
def test_an_empty_house_says_how_figures_come_in(land: Outbreak, client: Client, url: str) -> None:
    page = read(client, url)
    if "about" not in url:
        assert "No figures have been loaded yet" in page
        assert "rencheng ingest FOLDER" in page


def test_the_overview_says_what_matters_first(outbreak: Outbreak, client: Client) -> None:
    outbreak.totals("LJ20", [5_000] * 30, known=lambda n: n + 40)
    page = read(client, "/monitor/")
    assert page.index("Before you quote these figures") < page.index("rc-chart")
    assert "the parts do not add up" in page
    assert "1,920" in page
    assert "Made-up desk" in page
    assert "CC0" in page


def test_a_day_and_what_was_known_then(outbreak: Outbreak, client: Client) -> None:
    page = read(client, f"/monitor/?known={day(9).isoformat()}")
    assert "You see what was known at the end of 10 March 2024" in page
    assert f"{6 * round(20 * 2 ** (9 / 5))}" in page
    later = read(client, f"/monitor/?day={day(12).isoformat()}")
    assert "doubles in" in later


def test_the_filter_fetches_the_table_alone(outbreak: Outbreak, client: Client) -> None:
    part = read(client, "/monitor/table/?level=city&find=eastone")
    assert "Eastone" in part
    assert "Easttwo" not in part
    assert "<html" not in part
    assert "No place is called that" in read(client, "/monitor/table/?find=zzz")


def test_corrections_are_kept_as_knowledge_over_time(outbreak: Outbreak, client: Client) -> None:
    outbreak.tell(feeds.DAILY_COUNTS, "LJ20", {3: {"confirmed": 777}}, known=lambda n: n + 5)
    page = read(client, "/monitor/place/LJ20/")
    before = 2 * round(20 * 2 ** (3 / 5))
    assert f"<s>{before}</s>" in page
    assert "<strong>777</strong>" in page
    then = read(client, f"/monitor/place/LJ20/?known={day(4).isoformat()}")
    assert "nobody corrected this figure" in then


def test_a_figure_says_formula_inputs_and_who_said_them(outbreak: Outbreak, client: Client) -> None:
    asked = f"place=LJ11&show=growth_rate&day={day(12).isoformat()}"
    page = read(client, f"/monitor/figure/?{asked}")
    assert "+13." in page or "+14." in page
    assert "quasi-Poisson" in page
    assert "New confirmed" in page
    assert page.count("Made-up cities") == 8  # seven increments need eight totals
    assert "Number in the journal" in page


def test_places_are_added_to_a_comparison_by_name(outbreak: Outbreak, client: Client) -> None:
    page = read(client, "/monitor/compare/?places=LJ11&add=West")
    assert "places=LJ11%2CLJ20" in page
    assert "nowhere" in read(client, "/monitor/compare/?add=nowhere", status=400)


def test_other_sites_may_frame_the_pieces_and_nothing_else(
    outbreak: Outbreak, client: Client
) -> None:
    piece = client.get("/monitor/embed/chart/?lang=zh")
    assert "frame-ancestors *" in piece.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in piece.headers
    assert "临江国" in piece.content.decode()
    page = client.get("/monitor/")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert client.get("/monitor/embed/table/").status_code == 400


@pytest.mark.parametrize(
    "url",
    [
        "/monitor/?place=nowhere",
        "/monitor/place/nowhere/",
        "/monitor/?show=happiness",
        "/monitor/?day=soon",
        "/monitor/figure/?show=happiness",
        "/monitor/figure/?place=LJ&show=suspected",
        "/monitor/compare/?since=many",
        "/monitor/flags/?rule=astrology",
        "/monitor/data/figures.csv?figure=happiness",
    ],
)
def test_a_wrong_address_is_answered_in_words(outbreak: Outbreak, client: Client, url: str) -> None:
    assert "What exactly" in read(client, url, status=400)


def test_nothing_is_changed_by_reading(outbreak: Outbreak, client: Client) -> None:
    assert client.post("/monitor/").status_code == 405
    assert client.head("/monitor/").status_code == 200


def test_the_same_figures_leave_as_csv_parquet_and_json(outbreak: Outbreak, client: Client) -> None:
    asked = "figure=confirmed&figure=growth_rate&first=2024-03-10&last=2024-03-20"
    answers = {
        kind: client.get(f"/monitor/data/figures.{kind}?{asked}")
        for kind in ("csv", "parquet", "json")
    }
    for kind, answer in answers.items():
        assert answer.status_code == 200
        assert f'.{kind}"' in answer.headers["Content-Disposition"]
    text = answers["csv"].content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 2 * 3 * 11
    one = rows[0]
    assert (one["place_code"], one["place_zh"], one["indicator"]) == ("LJ", "临江国", "confirmed")
    assert (one["unit"], one["source"], one["licence"]) == ("people", "made-up/desk", "CC0")
    assert one["known_at"].startswith("2024-03-10T16:00:00")
    parquet = pl.read_parquet(answers["parquet"].content)
    assert parquet.columns == list(one)
    assert parquet["value"].to_list() == [float(row["value"]) for row in rows]
    said = json.loads(answers["json"].content)
    assert said["value"] == parquet["value"].to_list()
    assert said["day"][0] == "2024-03-10"


def test_named_places_alone_can_be_taken_away(outbreak: Outbreak, client: Client) -> None:
    answer = client.get("/monitor/data/figures.json?places=LJ12")
    assert set(json.loads(answer.content)["place_code"]) == {"LJ12"}
