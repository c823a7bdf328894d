"""Is a mapping sound: does it name fields that are there, patterns and zones that can be read."""

import re
from collections.abc import Iterator

from rencheng.foundation.memory.kinds import Choice, Field, Kind
from rencheng.foundation.places.levels import LEVELS
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import zone
from rencheng.kernel.words import Words
from rencheng.sensing.files.convert.days import require_format
from rencheng.sensing.files.mapping.spec import FieldPart, Mapping, PlacePart
from rencheng.sensing.files.opened import layout_of

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,118}")
# polars reads these as patterns over column names.
_PATTERN_COLUMN = re.compile(r"\*|\^.*\$", re.DOTALL)
# Pages of mappings have these addresses.
_TAKEN = {"attempt", "new", "receive"}
_DECIMALS = {".", ","}
_THOUSANDS = {"", ",", ".", " ", "'"}
_LOWEST_RANK = 32_767


def require_sound(mapping: Mapping, kind: Kind) -> None:
    """
    Check a mapping against the kind it serves.

    Raises
    ------
    InputError
        With everything that is wrong, separated by semicolons.
    """
    wrong = [fault.en for fault in faults(mapping, kind)]
    if wrong:
        raise InputError(f"mapping {mapping.name!r}: " + "; ".join(wrong))


def faults(mapping: Mapping, kind: Kind) -> Iterator[Words]:
    """List what is wrong with a mapping, in both languages."""
    if not _NAME.fullmatch(mapping.name) or mapping.name in _TAKEN:
        yield Words(
            f"名称 {mapping.name!r} 应由小写字母、数字、点和连字符组成",
            f"name {mapping.name!r} should be lower-case letters, digits, dots and dashes",
        )
    if not 1 <= len(mapping.source.name) <= 200:
        yield Words("来源名称应有 1 到 200 个字符", "source.name should have 1 to 200 characters")
    if not 0 <= mapping.source.rank <= _LOWEST_RANK:
        yield Words(
            f"来源次序是 {mapping.source.rank}，应在 0 到 {_LOWEST_RANK} 之间",
            f"source.rank is {mapping.source.rank}; it should be between 0 and {_LOWEST_RANK}",
        )
    try:
        layout_of(mapping.reading)
    except InputError as error:
        yield Words(f"读取选项：{error}", f"reading.{error}")
    yield from _columns(mapping)
    yield from _fields(mapping, kind)
    yield from _times(mapping)
    yield from _whom(mapping, kind)


def _columns(mapping: Mapping) -> Iterator[Words]:
    for column in mapping.columns_needed():
        if _PATTERN_COLUMN.fullmatch(column):
            yield Words(
                f"列 {column!r} 的名称是通配符，请在文件中改名",
                f"column {column!r} should be renamed in the file; this name is a pattern",
            )


def _fields(mapping: Mapping, kind: Kind) -> Iterator[Words]:
    known = {field.name: field for field in kind.fields}
    for name, part in mapping.fields.items():
        field = known.get(name)
        if field is None:
            there = ", ".join(known)
            yield Words(
                f"种类 {kind.name} 没有字段 {name}；它有 {there}",
                f"fields.{name}: kind {kind.name} has no such field; it has {there}",
            )
        else:
            yield from _field(part, field)
    for field in kind.fields:
        if field.required and field.name not in mapping.fields:
            yield Words(
                f"缺少必填字段“{field.title.zh}”（{field.name}）",
                f"fields.{field.name} is missing; {field.title.en} is required",
            )


def _field(part: FieldPart, field: Field) -> Iterator[Words]:
    name, zh = field.name, f"字段“{field.title.zh}”"
    if not part.column:
        yield Words(f"{zh}应指定一列", f"fields.{name}.column is empty; it should name a column")
    if part.labels and not isinstance(field, Choice):
        yield Words(f"{zh}不是选项，不应有标签", f"fields.{name}.labels: only a choice has labels")
    if isinstance(field, Choice):
        strange = ", ".join(sorted(set(part.labels.values()) - set(field.options)))
        options = ", ".join(field.options)
        if strange:
            yield Words(
                f"{zh}的标签指向 {strange}；选项只有 {options}",
                f"fields.{name}.labels mean {strange}; options are {options}",
            )
    if part.decimal not in _DECIMALS or part.thousands not in _THOUSANDS:
        yield Words(
            f"{zh}：小数点应为 . 或 ,，千分位应为 , . ' 或空格",
            f"fields.{name}: marks should be . or , (decimal) and , . ' or blank (thousands)",
        )
    elif part.decimal == part.thousands:
        yield Words(
            f"{zh}：小数点与千分位相同", f"fields.{name}: decimal and thousands mark are the same"
        )


def _times(mapping: Mapping) -> Iterator[Words]:
    event, published = mapping.event, mapping.published
    if not event.column:
        yield Words("应指定日期列", "event.column is empty; it should name a column")
    for where, form in (("event", event.format), ("published", published.format)):
        try:
            require_format(form)
        except InputError as error:
            yield Words(f"日期格式 {form!r} 无法使用", f"{where}.format: {error}")
    try:
        zone(event.zone)
    except InputError as error:
        yield Words(f"没有时区 {event.zone!r}，应如 Asia/Shanghai", f"event.zone: {error}")
    if (published.rule == "column") != bool(published.column):
        yield Words(
            "发布时间选“来自一列”时应指定该列，否则不应指定",
            "published.column should be given with rule 'column', and only then",
        )
    if event.earliest and event.latest and event.earliest > event.latest:
        yield Words("最早日期晚于最晚日期", "event.earliest is after event.latest")


def _whom(mapping: Mapping, kind: Kind) -> Iterator[Words]:
    if kind.subject == "place" and mapping.place is None:
        yield Words(
            f"“{kind.title.zh}”说的是地点，应指定地点",
            f"place is missing; kind {kind.name} is about places",
        )
    if kind.subject != "place" and not mapping.subject:
        yield Words(
            f"“{kind.title.zh}”应指定对象列",
            f"subject is missing; kind {kind.name} is about a {kind.subject}",
        )
    part: PlacePart | None = mapping.place
    where, zh = "place", "地点"
    while part is not None:
        yield from _place(part, where, zh)
        part, where, zh = part.parent, f"{where}.parent", f"{zh}的上级"


def _place(part: PlacePart, where: str, zh: str) -> Iterator[Words]:
    if bool(part.fixed) == bool(part.code or part.name):
        yield Words(
            f"{zh}应有编码列或名称列，或者固定为一处",
            f"{where} should have a code or name column, or be fixed",
        )
    if part.create and not part.code and not part.fixed:
        yield Words(
            f"{zh}：只有按编码才能新建地点，名称不足以区分",
            f"{where}.create needs a code column; a name alone does not tell places apart",
        )
    if part.groups and part.parent is None:
        yield Words(f"{zh}的分组需要上级地点", f"{where}.groups needs a place above")
    for name in (part.level, *part.levels.values()):
        if name not in LEVELS:
            levels = ", ".join(LEVELS)
            yield Words(
                f"{zh}的级别 {name!r} 不存在，应为 {levels} 之一",
                f"{where}.level is {name!r}; it should be one of {levels}",
            )
    for pattern in (part.code_pattern, part.group_codes, *part.levels):
        try:
            re.compile(pattern)
        except re.error as error:
            yield Words(
                f"{zh}：模式 {pattern!r} 无法使用",
                f"{where}: pattern {pattern!r} cannot be read: {error}",
            )
