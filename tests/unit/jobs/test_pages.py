"""Pages of the jobs: for staff, in both languages, telling how far each job is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rencheng.foundation.guard.models import Account
from rencheng.foundation.jobs import api
from rencheng.foundation.jobs.holding import claim
from rencheng.foundation.jobs.models import State
from rencheng.foundation.jobs.spec import JobSpec
from rencheng.foundation.jobs.worker import run_waiting
from rencheng.foundation.web.jobs.listing import JOBS
from rencheng.foundation.web.lists.check import unindexed
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words

pytestmark = pytest.mark.django_db
Declare = Callable[..., JobSpec]


def browser(language: str = "en", *, staff: bool = True) -> Client:
    client = Client(headers={"Accept-Language": language})
    client.force_login(Account.objects.create(username=f"wang-{language}", is_staff=staff))
    return client


def test_the_list_shows_each_job_in_the_reader_s_language(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None)
    number = api.start("test.work", title=Words("载入武汉", "Load Wuhan"))
    english = browser().get("/jobs/").content.decode()
    chinese = browser("zh-hans").get("/jobs/").content.decode()
    assert "Load Wuhan" in english
    assert "waiting" in english
    assert "载入武汉" in chinese
    assert f"/jobs/{number}/" in english
    assert "Load Wuhan" not in browser("en-gb").get("/jobs/?state=failed").content.decode()


def test_every_sort_of_the_list_has_an_index() -> None:
    assert unindexed(JOBS) == []


@pytest.mark.parametrize("path", ["/jobs/", "/jobs/1/", "/jobs/1.json"])
def test_jobs_are_for_staff(path: str) -> None:
    stranger = Client().get(path)
    assert (stranger.status_code, stranger.headers["Location"].partition("?")[0]) == (
        302,
        "/sign-in/",
    )
    assert browser(staff=False).get(path).status_code == 403


def test_only_staff_stops_a_job(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None)
    number = api.start("test.work")
    assert Client().post(f"/jobs/{number}/cancel/").status_code == 302
    assert browser("en", staff=False).post(f"/jobs/{number}/cancel/").status_code == 403
    assert api.card(number).state == State.QUEUED
    desk = browser("en-us")
    assert desk.get(f"/jobs/{number}/cancel/").status_code == 405
    assert desk.post(f"/jobs/{number}/cancel/").status_code == 302
    assert api.card(number).state == State.CANCELLED


def test_a_running_job_is_asked_by_its_page_how_far_it_is(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None)
    number = api.start("test.work", url="/files/7/")
    found = claim(number, 30.0)
    assert found is not None
    found[0].write(done=3, total=9, message_en="counting", message_zh="数")
    desk = browser()
    said: dict[str, Any] = desk.get(f"/jobs/{number}.json").json()
    assert said == {
        "id": number,
        "state": "running",
        "title": "A test",
        "done": 3,
        "total": 9,
        "message": "counting",
        "attempts": 1,
        "url_when_done": "/files/7/",
    }
    page = desk.get(f"/jobs/{number}/").content.decode()
    assert f'<rc-progress src="/jobs/{number}.json" cancel-url="/jobs/{number}/cancel/"' in page
    assert "3 / 9" in page


def test_a_failed_job_says_why_on_its_page_and_to_programs(job_kind: Declare) -> None:
    def work(_handle: object, _args: object) -> None:
        raise InputError("line 3: confirmed is <b>-1</b>; it should be 0 or more")

    job_kind(work)
    number = api.start("test.work")
    run_waiting()
    desk = browser()
    page = desk.get(f"/jobs/{number}/").content.decode()
    assert "&lt;b&gt;-1&lt;/b&gt;; it should be 0 or more" in page
    assert "rc-progress" not in page
    assert "it should be 0 or more" in desk.get(f"/jobs/{number}.json").json()["message"]


def test_a_done_job_shows_what_it_found(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: {"rows_stored": 68975, "details": [1]})
    number = api.start("test.work", url="/files/7/")
    run_waiting()
    page = browser().get(f"/jobs/{number}/").content.decode()
    assert "rows stored" in page
    assert "/files/7/" in page
    assert "details" not in page


def test_a_job_that_is_not_there_is_a_plain_404() -> None:
    desk = browser()
    for path in ("/jobs/404/", "/jobs/404.json"):
        assert desk.get(path).status_code == 404
    assert desk.post("/jobs/404/cancel/").status_code == 404
