"""
What an English reader calls a Chinese place for which no English name was given.

Pinyin without tones (pypinyin), the word for the level left out for provinces and cities and
translated below them; names that are not plain pinyin come from ``english_names.toml``.
"""

import tomllib
from functools import cache
from pathlib import Path

from rencheng.foundation.places.naming import short_names

_LEVEL_WORDS = (
    ("特别行政区", ""),
    ("街道办事处", "Subdistrict"),
    ("自治区", ""),
    ("自治州", "Prefecture"),
    ("自治县", "County"),
    ("自治旗", "Banner"),
    ("管理区", "District"),
    ("新区", "New Area"),
    ("林区", "Forestry District"),
    ("矿区", "Mining District"),
    ("地区", "Prefecture"),
    ("街道", "Subdistrict"),
    ("社区", "Community"),
    ("师", "Division"),
    ("省", ""),
    ("市", ""),
    ("区", "District"),
    ("县", "County"),
    ("盟", "League"),
    ("旗", "Banner"),
    ("镇", "Town"),
    ("乡", "Township"),
    ("村", "Village"),
)
# Zones with a committee of their own, which statistics list beside districts.
_ZONES = (
    ("高新技术产业开发区", "High-tech Zone"),
    ("高新技术产业园区", "High-tech Zone"),
    ("高新技术开发区", "High-tech Zone"),
    ("经济技术开发区", "Economic and Technological Development Zone"),
    ("经济开发区", "Economic Development Zone"),
    ("工业园区", "Industrial Park"),
    ("示范区", "Demonstration Zone"),
)
_ADMINISTRATIVE = ("country", "province", "city", "district", "street", "community")


@cache
def english_name(name_zh: str, level: str) -> str:
    """
    Give the English name of a Chinese place; empty where a guess would be worse than Chinese.

    Examples
    --------
    >>> english_name("武汉市", "city"), english_name("西安市", "city")
    ('Wuhan', "Xi'an")
    >>> english_name("黄浦区", "district"), english_name("浦东新区", "district")
    ('Huangpu District', 'Pudong New Area')
    >>> english_name("内蒙古自治区", "province"), english_name("境外输入", "group")
    ('Inner Mongolia', 'Imported from abroad')
    >>> english_name("长治市", "city"), english_name("苏州工业园区", "district")
    ('Changzhi', 'Suzhou Industrial Park')
    >>> english_name("红星大厦", "building")
    ''
    """
    table = _table()
    if level == "group":
        return table["groups"].get(name_zh, "")
    if level not in _ADMINISTRATIVE or name_zh.isascii():
        return ""
    stem, word = _apart(name_zh)
    known = table["provinces"].get(stem) if level == "province" else None
    known = known or table["names"].get(stem)
    name = known or _pinyin(stem)
    return f"{name} {word}" if word else name


def _apart(name_zh: str) -> tuple[str, str]:
    """Take a name apart into its stem and the English word for what it is."""
    for zh, en in _ZONES:
        if name_zh.endswith(zh) and len(name_zh) > len(zh):
            return name_zh.removesuffix(zh), en
    stem = short_names(name_zh)[0] if short_names(name_zh) else name_zh
    return stem, next(
        (en for zh, en in _LEVEL_WORDS if name_zh.endswith(zh) and name_zh != stem), ""
    )


@cache
def _table() -> dict[str, dict[str, str]]:
    path = Path(__file__).with_name("english_names.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _pinyin(stem: str) -> str:
    # Its dictionary takes a quarter of a second to load: only when it is needed.
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(stem, v_to_u=True)
    if len(syllables) == len(stem):  # letters and digits are not taken apart
        readings = _table()["readings"]
        syllables = [readings.get(one, guess) for one, guess in zip(stem, syllables, strict=True)]
    # Xi'an, Lu'an: an apostrophe keeps a syllable that begins with a vowel apart.
    joined = "".join(
        ("'" if n and one[:1] in "aeo" else "") + one for n, one in enumerate(syllables)
    )
    return joined[:1].upper() + joined[1:]
