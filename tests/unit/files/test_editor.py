"""Mappings are made and changed on a page, by people who know no TOML, and travel as TOML."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rencheng.sensing.files import mappings
from rencheng.sensing.files.models import MappingVersion
from tests.unit.files.browsing import page, said_by, sent, text_of

pytestmark = pytest.mark.django_db

CLERK = (
    "统计日期,区县代码,区县,新增确诊,新增无症状,备注\n"
    '13/02/2022,310101,黄浦区,"1,234",5,-\n14/02/2022,310104,徐汇区,12,7,\n'
)


def test_a_mapping_is_made_from_a_file_without_knowing_toml(desk: Client) -> None:
    upload = sent(desk, CLERK, "clerk.csv")
    assert "No mapping fits this file by itself" in text_of(page(desk, "upload", upload.pk))
    kinds = page(desk, "new_mapping", upload=upload.pk)
    assert "kind=epidemic.new_cases" in kinds
    address = f"{reverse('files:new_mapping')}?upload={upload.pk}&kind=epidemic.new_cases"
    html = desk.get(address).content.decode()
    form = said_by(html)
    assert form["event_column"] == "统计日期"
    assert form["event_format"] == "%d/%m/%Y"
    assert form["field_new_confirmed"] == "新增确诊"
    assert form["thousands_new_confirmed"] == ","
    assert (form["place_code"], form["place_name"]) == ("区县代码", "区县")
    assert "2 good" in text_of(html)

    form["field_new_confirmed"] = ""
    tried = desk.post(reverse("files:attempt"), form)
    assert "new confirmed is required" in text_of(tried.content.decode())
    assert desk.post(address, {**form, "save": "1"}).status_code == 422
    assert MappingVersion.objects.count() == 0

    form["field_new_confirmed"] = "新增确诊"
    answer = desk.post(address, {**form, "name": "district-clerk", "save": "1"})
    assert answer["Location"].endswith("?mapping=district-clerk")
    saved = mappings.named("district-clerk")
    assert (saved.version, saved.mapping.event.format) == (1, "%d/%m/%Y")
    assert saved.mapping.match.names == ("clerk*",)
    assert "found by itself" in text_of(page(desk, "upload", upload.pk))


def test_an_ambiguous_date_asks_instead_of_guessing(desk: Client) -> None:
    upload = sent(desk, "date,confirmed\n03/04/2020,5\n", "small.csv")
    address = f"{reverse('files:new_mapping')}?upload={upload.pk}&kind=epidemic.daily_counts"
    html = desk.get(address).content.decode()
    assert "does not tell which comes first" in html
    assert said_by(html)["event_format"] == ""


def test_labels_of_choices_are_tied_to_their_options(desk: Client) -> None:
    text = (
        "date,district,case_type,route,count\n2022-04-01,310101,确诊,闭环隔离管控,5\n"
        "2022-04-01,310101,无症状,风险人群筛查,7\n"
    )
    upload = sent(desk, text, "routes.csv")
    address = f"{reverse('files:new_mapping')}?upload={upload.pk}&kind=epidemic.new_cases_by_route"
    form = said_by(desk.get(address).content.decode())
    assert form["label_route_闭环隔离管控"] == "quarantine"
    assert form["label_case_type_确诊"] == ""
    form |= {"label_case_type_确诊": "confirmed", "label_case_type_无症状": "asymptomatic"}
    tried = text_of(desk.post(reverse("files:attempt"), form).content.decode())
    assert "2 good" in tried, tried


def test_a_shipped_mapping_is_changed_as_a_copy_that_keeps_its_steps(desk: Client) -> None:
    address = reverse("files:edit_mapping", args=["shanghai-2022-districts"])
    form = said_by(desk.get(address).content.decode())
    assert form["name"] == "shanghai-2022-districts-copy"
    answer = desk.post(address, {**form, "empty": "- 无", "save": "1"})
    assert answer.status_code == 302, text_of(answer.content.decode())
    copy = mappings.named("shanghai-2022-districts-copy").mapping
    original = mappings.named("shanghai-2022-districts").mapping
    assert copy.steps == original.steps
    assert copy.place is not None
    assert original.place is not None
    assert copy.place.groups == original.place.groups
    assert copy.place.parent == original.place.parent
    assert copy.fields == original.fields
    assert copy.reading.empty == ("-", "无")


def test_an_edited_mapping_is_a_new_version_beside_the_old_one(desk: Client, town: str) -> None:
    address = reverse("files:edit_mapping", args=[town])
    form = said_by(desk.get(address).content.decode())
    desk.post(address, {**form, "source_rank": "7", "save": "1"})
    assert [row.version for row in mappings.versions(town)] == [2, 1]
    old = desk.get(reverse("files:mapping_toml", args=[town]), {"version": "1"})
    assert "rank" not in old.content.decode()
    new = desk.get(reverse("files:mapping_toml", args=[town]))
    assert "rank = 7" in new.content.decode()


def test_a_mapping_goes_out_and_comes_in_as_toml(desk: Client, town: str) -> None:
    text = desk.get(reverse("files:mapping_toml", args=[town])).content.decode()
    other = text.replace('"town-daily"', '"village-daily"').replace('"town"', '"village"')
    file = SimpleUploadedFile("village.toml", other.encode())
    answer = desk.post(reverse("files:receive_mapping"), {"file": file})
    assert answer["Location"] == reverse("files:mapping", args=["village-daily"])
    for content in (b"name = ", b"\xff\xfe", b'name = "x"', b""):
        file = SimpleUploadedFile("bad.toml", content)
        answer = desk.post(reverse("files:receive_mapping"), {"file": file})
        assert answer["Location"] == reverse("files:mappings")
    assert MappingVersion.objects.count() == 2
