"""
Under which words a Chinese place is known: 浦东 for 浦东新区, 恩施 for 恩施土家族苗族自治州.

People and files drop the word for the level and the names of peoples. `short_names` drops them
too, and never leaves fewer than two characters (雄县 stays 雄县).
"""

import unicodedata
from dataclasses import dataclass
from enum import IntEnum

from rencheng.foundation.places.peoples import PEOPLES

# Words for a level at the end of a name, longest first where one ends in another.
_SUFFIXES = (
    "特别行政区",
    "街道办事处",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "办事处",
    "管理区",
    "地区",
    "新区",
    "林区",
    "特区",
    "矿区",
    "街道",
    "社区",
    "省",
    "市",
    "区",
    "县",
    "盟",
    "旗",
    "镇",
    "乡",
    "村",
)
_FEWEST = 2


class Rank(IntEnum):
    """How well a word names a place; the smaller the better."""

    CODE = 0
    FULL = 1
    ALIAS = 2
    SHORT = 3


@dataclass(frozen=True, slots=True)
class Key:
    """A word of a place in the form in which it is looked up."""

    text: str
    rank: Rank


def lookup_form(text: str) -> str:
    """
    Write a word as it is looked up: one width, one case, single blanks, none beside Chinese.

    Examples
    --------
    >>> lookup_form(" 浦东　新区 "), lookup_form("Pudong  New Area")
    ('浦东新区', 'pudong new area')
    """
    # Folding may take a letter apart, and taking out blanks may put one together: once more
    # until nothing changes.
    while (form := _simplified(text)) != text:
        text = form
    return form


def _simplified(text: str) -> str:
    words = unicodedata.normalize("NFKC", text).casefold().split()
    joined = " ".join(words)
    return joined if joined.isascii() else "".join(words)


def short_names(name: str) -> tuple[str, ...]:
    """
    Give the short forms of a Chinese name, the shortest first; empty where there is none.

    Examples
    --------
    >>> short_names("武汉市"), short_names("恩施土家族苗族自治州")
    (('武汉',), ('恩施', '恩施州'))
    >>> short_names("内蒙古自治区"), short_names("雄县"), short_names("浦东新区")
    (('内蒙古',), (), ('浦东',))
    """
    for suffix in _SUFFIXES:
        stem = name.removesuffix(suffix)
        if stem != name and len(stem) >= _FEWEST:
            break
    else:
        return ()
    if not suffix.startswith("自治"):
        return (stem,)
    short = _without_peoples(stem)
    return (short, short + "州") if suffix == "自治州" else (short,)


def keys_of(code: str, name_zh: str, name_en: str, aliases: list[str]) -> list[Key]:
    """
    List the words a place answers to, each once with its best rank.

    Examples
    --------
    >>> keys = keys_of("420100", "武汉市", "Wuhan", ["江城"])
    >>> [f"{key.text} {key.rank.name}" for key in keys]
    ['420100 CODE', '武汉市 FULL', 'wuhan FULL', '江城 ALIAS', '武汉 SHORT']
    """
    words = [(code, Rank.CODE), (name_zh, Rank.FULL), (name_en, Rank.FULL)]
    words += [(alias, Rank.ALIAS) for alias in aliases]
    words += [(short, Rank.SHORT) for name in (name_zh, *aliases) for short in short_names(name)]
    best: dict[str, Rank] = {}
    for word, rank in words:
        form = lookup_form(word)
        if form:
            best.setdefault(form, rank)
    return [Key(text, rank) for text, rank in best.items()]


def asked_forms(text: str) -> list[Key]:
    """
    List the forms in which a word that somebody typed is looked up.

    The word itself, and the word without its suffix: who asks for 浦东新区 also means a place
    that is stored as 浦东. The second form must then match a full name or alias.

    Examples
    --------
    >>> [(k.text, k.rank.name) for k in asked_forms("浦东新区")]
    [('浦东新区', 'FULL'), ('浦东', 'SHORT')]
    """
    form = lookup_form(text)
    shorter = [Key(lookup_form(short), Rank.SHORT) for short in short_names(form)]
    return [Key(form, Rank.FULL), *shorter] if form else []


def _without_peoples(stem: str) -> str:
    short = stem
    while True:
        for people in PEOPLES:
            rest = short.removesuffix(people)
            if rest != short and len(rest) >= _FEWEST:
                short = rest
                break
        else:
            break
    if short == stem and stem.endswith("族") and len(stem) > _FEWEST:
        return stem[:-1]
    return short
