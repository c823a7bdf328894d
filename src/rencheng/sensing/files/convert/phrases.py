"""What a refused value should have been: every phrase, in both languages."""

import re
from dataclasses import dataclass
from functools import cache

from rencheng.kernel.words import Words

# Problems as people filter by them.
PROBLEMS: dict[str, Words] = {
    "missing": Words("必填项为空", "Required but empty"),
    "empty": Words("空行", "Empty row"),
    "header": Words("重复的表头", "Header again"),
    "columns": Words("列数不对", "Wrong number of cells"),
    "bytes": Words("编码错误", "Broken bytes"),
    "unreadable": Words("行无法读取", "Row cannot be read"),
    "characters": Words("含控制字符", "Control characters"),
    "formula": Words("公式", "Formula"),
    "number": Words("不是数字", "Not a number"),
    "number form": Words("数字写法", "Number written in another way"),
    "whole": Words("不是整数", "Not whole"),
    "low": Words("太小或为负", "Negative or too small"),
    "high": Words("太大", "Too large"),
    "text": Words("文字不合要求", "Text of another form"),
    "choice": Words("不在选项内", "Not one of the options"),
    "date": Words("不是日期", "Not a date"),
    "no such day": Words("日期不存在", "No such day"),
    "future": Words("未来日期", "In the future"),
    "old": Words("日期太早", "Too long ago"),
    "late": Words("日期太晚", "After the period"),
    "place": Words("未知地点", "Unknown place"),
    "several places": Words("地点不唯一", "More than one place"),
    "place disagrees": Words("地点编码与名称不符", "Code and name disagree"),
    "clash": Words("与已存内容冲突", "Clashes with what is stored"),
    "other": Words("其他", "Other"),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a value should be; ``{names}`` stand for what differs from case to case."""

    problem: str
    words: Words

    def pattern(self) -> re.Pattern[str]:
        """Give the expression that finds the details in an English phrase again."""
        parts = re.split(r"\{(\w+)\}", self.words.en)
        return re.compile(
            "".join(
                f"(?P<{part}>.*)" if at % 2 else re.escape(part) for at, part in enumerate(parts)
            ),
            re.DOTALL,
        )


def _phrase(problem: str, zh: str, en: str) -> Phrase:
    return Phrase(problem, Words(zh, en))


# The first that fits is meant, so narrower ones stand before wider ones. Those marked (m) are
# said by the memory and (r) by the readers; they are here to be counted by problem and shown in
# Chinese.
PHRASES: dict[str, Phrase] = {
    "missing": _phrase("missing", "应填写；此项必填", "given; it is required"),  # (m)
    "nothing said": _phrase("missing", "至少应有一个数值", "at least one figure"),
    "empty": _phrase("empty", "应有内容", "a row with something in it"),
    "header": _phrase("header", "应为数据；这是重复的表头", "data; this is the header again"),
    "columns": _phrase(
        "columns", "应有 {wanted} 列，实有 {given} 列", "{wanted} fields; it has {given}"
    ),  # (r)
    "bytes": _phrase("bytes", "应为该编码的文字", "characters of the file's encoding"),  # (r)
    "unclosed": _phrase("unreadable", "引号应成对", "every opening quote closed"),  # (r)
    "trailing": _phrase(
        "unreadable", "引号之后应是分隔符", "a delimiter behind the closing quote"
    ),  # (r)
    "long row": _phrase("unreadable", "一行过长", "a shorter row"),  # (r)
    "object": _phrase("unreadable", "应为一个 JSON 对象", "one JSON object"),  # (r)
    "keys": _phrase("unreadable", "应为有字段的 JSON 对象", "an object with keys"),  # (r)
    "feature": _phrase("unreadable", "应为 GeoJSON 要素", "a GeoJSON feature"),  # (r)
    "geometry": _phrase("unreadable", "应有有效的几何", "a GeoJSON geometry"),  # (r)
    "nul": _phrase("characters", "不应含空字符（NUL）", "text without NUL characters"),
    "characters": _phrase("characters", "不应含控制字符", "text without control characters"),
    "formula": _phrase(
        "formula", "应为数值；这是表格公式", "a value; this is a spreadsheet formula"
    ),
    "percent": _phrase("number form", "应不带百分号", "a number without a percent sign"),
    "thousands": _phrase(
        "number form", "应不带千分位分隔符；如确为千分位，可在对照表中注明",
        "a number without thousands separators, unless the mapping says that it has them",
    ),
    "exponent": _phrase(
        "number form", "应写出全部数字；科学计数法可能已被表格软件舍入",
        "a number written out in full; a spreadsheet may have rounded this one",
    ),
    "spaces": _phrase("number form", "数字中间不应有空格", "a number without spaces inside"),
    "finite": _phrase("number", "应为有限的数", "a finite number"),  # (m)
    "range": _phrase(
        "high", "应为 {low} 到 {high} 之间的整数", "a whole number between {low} and {high}"
    ),  # (m)
    "whole": _phrase("whole", "应为整数", "a whole number"),  # (m)
    "number": _phrase("number", "应为数字", "a number"),  # (m)
    "low": _phrase("low", "应为 {low} 或以上", "{low} or more"),
    "high": _phrase("high", "应不超过 {high}", "not more than {high}"),
    "1900": _phrase(
        "old", "应在 1900 年至明天之间", "between 1900 and one day from now"
    ),  # (m)
    "between": _phrase("high", "应在 {low} 与 {high} 之间", "between {low} and {high}"),  # (m)
    "choice": _phrase("choice", "应为以下之一：{options}", "one of {options}"),  # (m)
    "no such day": _phrase(
        "no such day", "应为历法中存在的日期", "a day that the calendar has"
    ),
    "date": _phrase("date", "应为日期，如 {example}", "a date such as {example}"),
    "time": _phrase("date", "应为时刻，如 {example}", "a time such as {example}"),
    "late": _phrase(
        "late", "应不晚于 {day}（对照表所定期间的末日）",
        "a day up to {day}, where this mapping's period ends",
    ),
    "future": _phrase("future", "应不晚于 {day}", "a day up to {day}"),
    "ahead": _phrase("future", "不应在未来", "not in the future"),  # (m)
    "old": _phrase("old", "应不早于 {day}", "a day from {day} on"),
    "place code": _phrase(
        "place", "应为已知地点的编码，形如 {example}",
        "the code of a known place, such as {example}",
    ),
    "place known": _phrase("place", "应为已知地点", "a known place"),
    "place within": _phrase(
        "place", "应为{upper}之下的已知地点或对照表所列的分组",
        "a place known under {upper}, or a group that the mapping lists",
    ),
    "place code prefix": _phrase(
        "place", "应为以 {prefix} 开头的编码（属{upper}）",
        "a code that begins with {prefix}, as those of {upper} do",
    ),
    "several places": _phrase(
        "several places", "应指一个地点；可指：{candidates}", "one place; it may mean {candidates}"
    ),
    "place disagrees": _phrase(
        "place disagrees", "编码与名称应指同一地点；{code} 是{name}",
        "code and name of one place; {code} is {name}",
    ),
    "second code": _phrase(
        "place disagrees", "{upper}之下的{name}已有编码 {code}",
        "{code}, which {name} under {upper} has already",
    ),
    "long text": _phrase(
        "text", "不超过 {longest} 个字符", "a text of at most {longest} characters"
    ),  # (m)
    "text": _phrase("text", "应为文字", "a text"),  # (m)
    "pattern": _phrase("text", "应形如 {pattern}", "a text like {pattern}"),  # (m)
    "long subject": _phrase("text", "不超过 {longest} 个字符", "at most {longest} characters"),
    "clash": _phrase(
        "clash", "应为新编号；此编号已代表另一条内容",
        "a new number; this one stands for another statement",
    ),  # (m)
    "no field": _phrase(
        "other", "不应有；种类 {kind} 没有此项", "absent; kind {kind} has no such field"
    ),  # (m)
}  # fmt: skip

Reason = tuple[str, str, str]


def reason(field: str, was: str, phrase: str, **details: object) -> Reason:
    """
    Say what is wrong with a value: (field, what it was, what it should be).

    Examples
    --------
    >>> reason("confirmed", "-3", "low", low=0)
    ('confirmed', '-3', '0 or more')
    """
    return field, clean(was), PHRASES[phrase].words.en.format(**details)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Phrase], ...]:
    return tuple((phrase.pattern(), phrase) for phrase in PHRASES.values())


def understood(should: str) -> tuple[str, Words]:
    """
    Find the problem behind an English phrase, and the phrase in both languages.

    Examples
    --------
    >>> understood("0 or more")
    ('low', Words(zh='应为 0 或以上', en='0 or more'))
    """
    for pattern, phrase in _patterns():
        found = pattern.fullmatch(should)
        if found:
            return phrase.problem, Words(phrase.words.zh.format(**found.groupdict()), should)
    return "other", Words(should, should)


def clean(text: str) -> str:
    r"""
    Make what a file said fit to be stored and shown: no NUL, no half characters.

    Examples
    --------
    >>> clean("a\x00b")
    'a␀b'
    """
    return text.replace("\x00", "␀").encode("utf-8", "replace").decode("utf-8")
