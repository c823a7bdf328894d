"""A first guess at a mapping from what stands in a file; people correct it."""

import re
from collections.abc import Callable, Sequence

from rencheng.foundation.memory.kinds import Choice, Field, Kind, Number
from rencheng.sensing.files.convert.days import formats_of
from rencheng.sensing.files.convert.numbers import read_number
from rencheng.sensing.files.convert.texts import narrow
from rencheng.sensing.files.pages.drafting import Form

_CODE = re.compile(r"[0-9]{6}([0-9]{3,6})?(\.0)?")
_NAME = re.compile(
    r"(province|city|district|county|place|area|region|name|省|市|区|县|地区|地点|名称|街道)$",
    re.IGNORECASE,
)
_CODE_NAME = re.compile(r"(code|编码|代码|区划)", re.IGNORECASE)
_DAY_NAME = re.compile(r"(date|day|日期|时间|统计日)", re.IGNORECASE)

Samples = dict[str, list[str]]


def suggested(columns: Sequence[str], samples: Samples, kind: Kind, file_name: str) -> Form:
    """
    Guess which column is what.

    Parameters
    ----------
    columns, samples
        The header, and some different cells of each column.
    kind
        What the rows are about.
    file_name
        The mapping is named after it.

    Returns
    -------
    form
        Values of the editor's form; only what there is a reason for is filled in.
    """
    form: Form = {
        "kind": kind.name,
        "event_zone": "Asia/Shanghai",
        "event_span": "day",
        "header": "1",
        "source_rank": "100",
        "place_how": "columns",
        "place_level": "district",
        "upper_how": "none",
    }
    free = list(columns)
    day = _first(free, lambda name: bool(formats_of(samples.get(name, []))), _DAY_NAME)
    if day is not None:
        fitting = formats_of(samples[day])
        form["event_column"] = day
        # Where the samples leave it open, somebody has to say which comes first.
        form["event_format"] = fitting[0] if len(fitting) == 1 else ""
        free.remove(day)
    for field in kind.fields:
        column = _named(free, field)
        if column is not None:
            form[f"field_{field.name}"] = column
            form[f"thousands_{field.name}"] = _thousands(field, samples.get(column, []))
            if isinstance(field, Choice):
                form |= _labels(field, samples.get(column, []))
            free.remove(column)
    if kind.subject == "place":
        form |= _places(free, samples)
    return form | _names(file_name)


def _first(names: list[str], fits: Callable[[str], bool], hint: re.Pattern[str]) -> str | None:
    fitting = [name for name in names if fits(name)]
    hinted = [name for name in fitting if hint.search(name)]
    return next(iter(hinted or fitting), None)


def _named(columns: list[str], field: Field) -> str | None:
    """Find the column that is called like a field."""
    wanted = {_plain(field.name), _plain(field.title.zh), _plain(field.title.en)}
    for column in columns:
        if _plain(column) in wanted:
            return column
    for column in columns:
        short = _plain(column)
        if len(short) >= 2 and any(short in name or name in short for name in wanted):
            return column
    return None


def _plain(text: str) -> str:
    return re.sub(r"[\s_\-（）()]+", "", narrow(text)).casefold()


def _thousands(field: Field, samples: list[str]) -> str:
    if not isinstance(field, Number):
        return ""
    grouped = [text for text in samples if read_number(text, whole=False) == "thousands"]
    return "," if grouped and all("," in narrow(text) for text in grouped) else ""


def _labels(field: Choice, samples: list[str]) -> Form:
    known = {
        _plain(label): code
        for code, words in field.options.items()
        for label in (code, words.zh, words.en)
    }
    return {
        f"label_{field.name}_{text}": known[_plain(text)]
        for text in samples
        if _plain(text) in known
    }


def _places(columns: list[str], samples: Samples) -> Form:
    coded = [
        name
        for name in columns
        if (cells := samples.get(name, [])) and all(_CODE.fullmatch(cell) for cell in cells)
    ]
    named = [name for name in columns if name not in coded and _NAME.search(name)]
    hinted = [name for name in coded if _CODE_NAME.search(name)] or coded
    form: Form = {}
    # The narrowest place stands last: province, city, district.
    if hinted:
        form["place_code"] = hinted[-1]
        form["place_create"] = "on"
    if named:
        form["place_name"] = named[-1]
    if len(hinted) > 1 or len(named) > 1:
        form["upper_how"] = "columns"
        form["upper_code"] = hinted[-2] if len(hinted) > 1 else ""
        form["upper_name"] = named[-2] if len(named) > 1 else ""
    if not hinted and not named:
        form["place_how"] = "fixed"
    return form


def _names(file_name: str) -> Form:
    stem = file_name.removesuffix(".gz").rsplit(".", 1)[0]
    plain = re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-")
    # Digits of a day or a number differ from file to file.
    pattern = re.sub(r"\d+", "*", stem)
    return {
        "name": plain[:100],
        "title_zh": stem[:100],
        "source_name": plain[:100],
        "source_title_zh": stem[:100],
        "match_names": f"{pattern}*" if not pattern.endswith("*") else pattern,
    }
