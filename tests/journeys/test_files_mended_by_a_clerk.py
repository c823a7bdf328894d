"""A clerk brings a broken file: sees what would happen, loads it, mends what came back."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.broken import BROKEN, clerk_file
from tests.fixtures.live import House, environment
from tests.fixtures.places import ROOT

NAME, PASSWORD = "clerk-of-files", "every row comes back"
HEADER = "line,problem,date,province_code,province,city_code,city,confirmed,cured,dead"


@pytest.fixture(scope="module")
def clerk(live: House) -> None:
    """Give the shared house an account of staff."""
    command = [str(Path(sys.executable).parent / "rencheng"), "account", "add", NAME, "--staff"]
    done = subprocess.run(
        [*command, "--password-stdin"],
        env=environment(live.home),
        cwd=ROOT,
        input=f"{PASSWORD}\n",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def enter(page: Any, house: House) -> None:
    page.goto(f"{house.url}/sign-in/?next=/files/")
    page.fill("input[name=username]", NAME)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/files/")


def send(page: Any, path: Path) -> None:
    page.set_input_files("#send input[type=file]", path)
    page.click("#send button")
    page.wait_for_url("**/files/uploads/**")


def load(page: Any) -> None:
    """Load what is looked at; the page follows the job by itself to the account."""
    page.click("form[action$='/load/'] button")
    page.wait_for_function("() => /\\/files\\/\\d+\\/$/.test(location.pathname)")


def account(page: Any) -> list[int]:
    figures = page.locator(".figure-value").all_inner_texts()
    return [int(text.replace(",", "")) for text in figures]


def test_a_clerk_mends_what_came_back(
    clerk: None,
    live: House,
    open_page: Callable[..., Any],
    check_access: Callable[..., None],
    shoot: Callable[..., Path],
    tmp_path: Path,
) -> None:
    content, counted = clerk_file(7)
    broken = tmp_path / "cities_daily_from_a_clerk.csv"
    broken.write_bytes(content)
    page = open_page("zh-CN")
    enter(page, live)
    check_access(page)
    send(page, broken)
    assert "自动找到" in page.inner_text("main")
    assert "将拒收" in page.inner_text("main")
    check_access(page)
    shoot(page, "looked-at")
    load(page)
    good = counted["good"]
    assert account(page) == [counted["lines"], good, good, counted["broken"]]
    check_access(page)
    shoot(page, "refused")

    page.select_option("select[name=problem]", "no such day")
    page.click("form[role=search] button, .filter-bar button")
    page.wait_for_function("() => location.search.includes('problem=no')")
    assert "2020-02-30" in page.inner_text("#refused")
    assert "many" not in page.inner_text("#refused")

    with page.expect_download() as download:
        page.click("a[href$='refused.csv']")
    came_back = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert came_back[0].startswith(HEADER)
    assert len(came_back) - 1 == counted["broken"]

    mended = tmp_path / "cities_daily_mended.csv"
    mended.write_text(
        f"{HEADER}\n4,mended,2020-03-20,420000,湖北省,429088,新滨市,99,9,1\n", encoding="utf-8"
    )
    page.set_input_files("#mend input[type=file]", mended)
    page.click("#mend button")
    page.wait_for_url("**/files/uploads/**")
    load(page)
    assert account(page) == [1, 1, 0, 0]
    assert len(BROKEN) == 37


def test_a_mapping_is_tied_by_hand_and_the_page_answers_at_once(
    clerk: None,
    live: House,
    open_page: Callable[..., Any],
    check_access: Callable[..., None],
    shoot: Callable[..., Path],
    tmp_path: Path,
) -> None:
    table = tmp_path / "district-report.csv"
    table.write_text(
        "统计日期,区县代码,区县,新增确诊,新增无症状\n"
        '13/02/2022,310101,黄浦区,"1,234",5\n14/02/2022,310104,徐汇区,12,x\n',
        encoding="utf-8",
    )
    page = open_page("en-GB")
    enter(page, live)
    send(page, table)
    page.click("a[href*='mappings/new']")
    page.click("a[href$='kind=epidemic.new_cases']")
    result = page.locator("#result")
    assert "1 good" in result.inner_text()
    page.select_option("#field_new_asymptomatic", "")
    result.get_by_text("2 good").wait_for()
    page.select_option("#field_new_confirmed", "")
    result.get_by_text("is required").wait_for()
    page.select_option("#field_new_confirmed", "新增确诊")
    result.get_by_text("2 good").wait_for()
    check_access(page)
    shoot(page, "editor")
    page.fill("#name", "district-report")
    page.click("button[name=save]")
    page.wait_for_url("**/files/uploads/**")
    assert "Saved as version 1 of district-report" in page.inner_text("main")
    load(page)
    assert account(page) == [2, 2, 0, 0]
