"""The editor's form laid out for its template: each question with its answers and samples."""

from typing import Any

from django.utils.translation import gettext as _

from rencheng.foundation.memory.kinds import Choice, Field, Kind, Number
from rencheng.foundation.places import api as places
from rencheng.foundation.web.lists.label import say
from rencheng.sensing.files.convert.days import FORMATS, example, formats_of
from rencheng.sensing.files.mapping.spec import Mapping
from rencheng.sensing.files.pages.drafting import Form
from rencheng.sensing.files.pages.sample import Sample
from rencheng.sensing.readers.layout import DELIMITERS, ENCODINGS

Option = dict[str, Any]


def laid_out(form: Form, kind: Kind, sample: Sample, base: Mapping | None) -> dict[str, Any]:
    """Give what the editor's template needs, in the reader's language."""
    day = form.get("event_column", "")
    fitting = formats_of(sample.cells.get(day, []))
    fields = [_field(field, form, sample) for field in kind.fields]
    return {
        "form": form,
        "kind": kind,
        "kind_title": say(kind.title),
        "kind_about": say(kind.about),
        "about_place": kind.subject == "place",
        "columns": sample.columns,
        "has_sample": sample.opened is not None,
        "event": _question("event_column", form, sample),
        "formats": _formats(form.get("event_format", ""), fitting),
        "format_open": len(fitting) > 1 and not form.get("event_format"),
        "format_known": len(fitting) == 1,
        "published": _question("published_column", form, sample),
        "subject": _question("subject", form, sample),
        "place_code": _question("place_code", form, sample),
        "place_name": _question("place_name", form, sample),
        "upper_code": _question("upper_code", form, sample),
        "upper_name": _question("upper_name", form, sample),
        "levels": _options(form.get("place_level", "district"), _levels()),
        "fields": fields,
        "tied": [one for one in fields if one["chosen"] or one["required"]],
        "untied": [one for one in fields if not one["chosen"] and not one["required"]],
        "encodings": _options(form.get("encoding", ""), {"": _("find out"), **_same(ENCODINGS)}),
        "delimiters": _options(form.get("delimiter", ""), _delimiters()),
        "sheets": sample.opened.look.sheets if sample.opened else (),
        "steps": [step.do for step in base.steps] if base else [],
        "keeps_upper": form.get("upper_how") == "keep",
    }


def _question(name: str, form: Form, sample: Sample) -> dict[str, Any]:
    """Ask for a column: the columns there are, the chosen one, and what stands in it."""
    chosen = form.get(name, "")
    columns = [*sample.columns, *([chosen] if chosen and chosen not in sample.columns else [])]
    return {
        "name": name,
        "chosen": chosen,
        "options": [{"value": column, "chosen": column == chosen} for column in columns],
        "sample": sample.shown(chosen),
    }


def _field(field: Field, form: Form, sample: Sample) -> dict[str, Any]:
    asked = _question(f"field_{field.name}", form, sample)
    asked |= {
        "field": field.name,
        "title": say(field.title),
        "unit": field.unit,
        "required": field.required,
        "is_number": isinstance(field, Number),
        "thousands": _options(form.get(f"thousands_{field.name}", ""), _thousands()),
        "labels": [],
        "is_choice": isinstance(field, Choice),
    }
    if isinstance(field, Choice) and asked["chosen"]:
        texts = sample.cells.get(asked["chosen"], []) or _labelled(field, form)
        words = {code: say(label) for code, label in field.options.items()}
        asked["labels"] = [
            {
                "text": text,
                "name": f"label_{field.name}_{text}",
                "options": _options(form.get(f"label_{field.name}_{text}", ""), words),
            }
            for text in texts
        ]
    return asked


def _labelled(field: Field, form: Form) -> list[str]:
    start = f"label_{field.name}_"
    return [name.removeprefix(start) for name in form if name.startswith(start)]


def _formats(chosen: str, fitting: list[str]) -> list[Option]:
    shown = fitting or [form for form in FORMATS if form == "auto"]
    if chosen and chosen not in shown:
        shown = [*shown, chosen]
    labels = {
        form: _("year first, such as 2020-02-13") if form == "auto" else example(form)
        for form in shown
    }
    if len(fitting) > 1 and not chosen:
        labels = {"": _("choose"), **labels}
    return _options(chosen, labels)


def _levels() -> dict[str, str]:
    return {name: say(level.words) for name, level in places.LEVELS.items() if name != "group"}


def _delimiters() -> dict[str, str]:
    names = {"\t": _("tabulator")}
    return {"": _("find out"), **{mark: names.get(mark, mark) for mark in DELIMITERS}}


def _thousands() -> dict[str, str]:
    return {"": _("none"), ",": "1,234", ".": "1.234", " ": "1 234", "'": "1'234"}


def _same(values: tuple[str, ...]) -> dict[str, str]:
    return {value: value for value in values}


def _options(chosen: str, labels: dict[str, str]) -> list[Option]:
    return [
        {"value": value, "label": label, "chosen": value == chosen}
        for value, label in labels.items()
    ]
