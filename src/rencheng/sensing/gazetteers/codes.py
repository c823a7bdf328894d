"""
Codes of Chinese divisions: what level a code speaks of, and which codes may stand above it.

GB/T 2260 gives two digits each to province, city and district; the statistical lists add three
for the sub-district and three for the community, and leave trailing zeros out.
"""

import re
from typing import Final

_CODE: Final = re.compile(r"[1-9]\d(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?")
_LEVELS: Final = {9: "street", 12: "community"}
COUNTRY: Final = "CN"


def full_code(text: str) -> str | None:
    """
    Write a code with its trailing zeros; None if the text is no code.

    Examples
    --------
    >>> full_code("11"), full_code("4201"), full_code("110101001"), full_code("11010")
    ('110000', '420100', '110101001', None)
    """
    digits = text.strip()
    return digits.ljust(6, "0") if _CODE.fullmatch(digits) else None


def level_of(code: str) -> str:
    """
    Tell the level of a full code.

    Examples
    --------
    >>> level_of("310000"), level_of("420100"), level_of("310115"), level_of("110101001")
    ('province', 'city', 'district', 'street')
    """
    if len(code) > 6:
        return _LEVELS[len(code)]
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "district"


def codes_above(code: str) -> list[str]:
    """
    List the codes that may stand above a full code, the nearest first.

    Not all of them exist: the districts of a municipality stand under it directly, and so do
    counties that a province governs itself.

    Examples
    --------
    >>> codes_above("110101001")
    ['110101', '110100', '110000', 'CN']
    >>> codes_above("310000")
    ['CN']
    """
    shorter = [code[:length] for length in (9, 6) if length < len(code)]
    above = [*shorter, f"{code[:4]}00", f"{code[:2]}0000", COUNTRY]
    return [one for one in dict.fromkeys(above) if one != code]
