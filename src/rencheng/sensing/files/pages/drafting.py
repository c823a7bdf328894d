"""Between the editor's form and a mapping: what the form says, laid over what was there before."""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from typing import Any

from rencheng.foundation.memory.kinds import Choice, Kind
from rencheng.foundation.places import api as places
from rencheng.kernel.errors import InputError
from rencheng.sensing.files.mapping.shape import as_data, mapping_from
from rencheng.sensing.files.mapping.spec import Mapping, PlacePart

# What a form says: names of its fields and what stands in them, "" where nothing does.
Form = dict[str, str]


def form_of(mapping: Mapping) -> Form:
    """Give the values that the editor's form has for a mapping."""
    source, reading, event, published = (
        mapping.source, mapping.reading, mapping.event, mapping.published,
    )  # fmt: skip
    form: Form = {
        "name": mapping.name,
        "title_zh": mapping.title.zh,
        "title_en": mapping.title.en,
        "match_names": ", ".join(mapping.match.names),
        "source_name": source.name,
        "source_title_zh": source.title.zh,
        "source_title_en": source.title.en,
        "source_origin": source.origin,
        "source_licence": source.licence,
        "source_trusted": "on" if source.trusted else "",
        "source_rank": str(source.rank),
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "sheet": reading.sheet,
        "header": str(reading.header),
        "empty": " ".join(reading.empty),
        "event_column": event.column,
        "event_format": event.format,
        "event_zone": event.zone,
        "event_span": event.span,
        "earliest": event.earliest.isoformat() if event.earliest else "",
        "latest": event.latest.isoformat() if event.latest else "",
        "published_rule": published.rule,
        "published_column": published.column,
        "subject": mapping.subject,
    }
    for name, part in mapping.fields.items():
        form[f"field_{name}"] = part.column
        form[f"thousands_{name}"] = part.thousands
        form |= {f"label_{name}_{text}": code for text, code in part.labels.items()}
    return form | _place_form(mapping.place)


def _place_form(part: PlacePart | None) -> Form:
    if part is None:
        return {"place_how": "columns"}
    form: Form = {
        "place_how": "fixed" if part.fixed else "columns",
        "place_fixed": part.fixed.code if part.fixed else "",
        "place_code": part.code,
        "place_name": part.name,
        "place_create": "on" if part.create else "",
        "place_level": part.level,
        "upper_how": "none",
    }
    upper = part.parent
    if upper is not None:
        simple = upper.fixed is not None or upper.parent is None
        form["upper_how"] = "fixed" if upper.fixed else "columns" if simple else "keep"
        form["upper_fixed"] = upper.fixed.code if upper.fixed else ""
        form["upper_code"], form["upper_name"] = upper.code, upper.name
    return form


def mapping_of(form: MappingOf[str, str], base: Mapping | None, kind: Kind) -> Mapping:
    """
    Make the mapping that a form describes.

    What the form does not show (steps, groups, other codes of the same place) stays as ``base``
    has it.

    Raises
    ------
    InputError
        If a place it names is not known, or a number or date in it is none.
    """

    def said(name: str) -> str:
        return form.get(name, "").strip()

    data: dict[str, Any] = as_data(base) if base is not None else {}
    data["name"], data["kind"] = said("name"), kind.name
    data["title"] = {"zh": said("title_zh"), "en": said("title_en") or said("title_zh")}
    data["source"] = {
        "name": said("source_name"),
        "title": {"zh": said("source_title_zh"), "en": said("source_title_en")},
        "origin": said("source_origin"),
        "licence": said("source_licence"),
        "trusted": bool(said("source_trusted")),
        "rank": said("source_rank") or "100",
    }
    data["reading"] = {
        "encoding": said("encoding"),
        "delimiter": form.get("delimiter", ""),
        "sheet": form.get("sheet", ""),
        "header": said("header") or "1",
        "empty": said("empty").split(),
    }
    data["event"] = {
        "column": form.get("event_column", ""),
        "format": said("event_format") or "auto",
        "zone": said("event_zone") or "Asia/Shanghai",
        "span": said("event_span") or "day",
        "earliest": said("earliest") or None,
        "latest": said("latest") or None,
    }
    rule = said("published_rule")
    data["published"] = {
        "rule": rule,
        "column": form.get("published_column", "") if rule == "column" else "",
    }
    data["subject"] = form.get("subject", "")
    data["fields"] = _fields(form, data.get("fields", {}), kind)
    if kind.subject == "place" or said("place_code") or said("place_name"):
        data["place"] = _place(form, data.get("place", {}))
    data["match"] = {
        "names": [name.strip() for name in said("match_names").split(",") if name.strip()],
        "columns": _columns_of_file(data, base),
    }
    return mapping_from(data)


def _fields(form: MappingOf[str, str], before: dict[str, Any], kind: Kind) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for field in kind.fields:
        column = form.get(f"field_{field.name}", "")
        if not column:
            continue
        part = dict(before.get(field.name, {}))
        part["column"] = column
        part["thousands"] = form.get(f"thousands_{field.name}", "")
        if isinstance(field, Choice):
            start = f"label_{field.name}_"
            part["labels"] = {
                name.removeprefix(start): code
                for name, code in form.items()
                if name.startswith(start) and code
            }
        fields[field.name] = part
    return fields


def _place(form: MappingOf[str, str], before: dict[str, Any]) -> dict[str, Any]:
    part = dict(before)
    for name in ("code", "name", "fixed", "create"):
        part.pop(name, None)
    part["level"] = form.get("place_level") or "district"
    if form.get("place_how") == "fixed":
        if _same(before, form.get("place_fixed", "")):
            return before
        part.pop("parent", None)
        return part | {"fixed": _fixed(form.get("place_fixed", ""))}
    part["code"], part["name"] = form.get("place_code", ""), form.get("place_name", "")
    part["create"] = bool(form.get("place_create")) and bool(part["code"])
    how = form.get("upper_how", "none")
    if how == "fixed" and not _same(part.get("parent", {}), form.get("upper_fixed", "")):
        part["parent"] = {"fixed": _fixed(form.get("upper_fixed", ""))}
    elif how == "columns":
        part["parent"] = {
            "code": form.get("upper_code", ""),
            "name": form.get("upper_name", ""),
            "level": "province",
            "create": part["create"] and bool(form.get("upper_code", "")),
        }
    elif how == "none":
        part.pop("parent", None)
    return part


def _same(part: dict[str, Any], text: str) -> bool:
    """Tell whether a part names this very place already, with all that belongs to it."""
    return bool(text) and part.get("fixed", {}).get("code") == text.strip()


def _fixed(text: str) -> dict[str, str]:
    """Find the place that somebody typed, by name or code."""
    if not text.strip():
        raise InputError("place is empty; it should be a name or a code")
    found = places.find(text.strip())
    return {"code": found.code, "name": found.name_zh, "name_en": found.name_en}


def _columns_of_file(data: dict[str, Any], base: Mapping | None) -> Sequence[str]:
    """Give the columns by which the file is known: those the mapping reads from it."""
    if base is not None and base.steps:
        return base.match.columns
    fields = data["fields"].values()
    place = data.get("place") or {}
    parent = place.get("parent") or {}
    names = [
        data["event"]["column"], data["published"]["column"], data["subject"],
        *(part.get(key, "") for part in (parent, place) for key in ("code", "name")),
        *(part["column"] for part in fields),
    ]  # fmt: skip
    return list(dict.fromkeys(name for name in names if name))
