"""Cells as people type them: full-width forms and stray blanks taken off, nothing else changed."""

# Full-width ASCII (what a Chinese input method writes), the wide space, and the real minus sign.
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D}
# `str.strip` knows all blanks but these: byte order mark, zero-width ones.
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"


def narrow(text: str) -> str:
    """
    Write full-width digits, letters and marks in ordinary width, without blanks around.

    Examples
    --------
    >>> narrow(" １，２３４ ")
    '1,234'
    """
    return trimmed(text.translate(_WIDE))


def trimmed(text: str) -> str:
    r"""
    Take blanks off both ends, invisible ones too.

    Examples
    --------
    >>> trimmed("\u3000武汉市\u200b ")
    '武汉市'
    """
    before = ""
    while before != text:
        before, text = text, text.strip().strip(_INVISIBLE)
    return text


def is_formula(text: str) -> bool:
    """
    Tell whether a spreadsheet would take a text for a formula.

    Examples
    --------
    >>> is_formula("=SUM(A1:A9)"), is_formula("-3"), is_formula("+86 27 1234")
    (True, False, False)
    """
    return text.startswith(("=", "@")) and len(text) > 1
