"""A label in the two languages of the house."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """
    The same words in Chinese and English.

    Used for everything that is named in data or code (kinds, indicators, levels, units) and
    shown to people; page texts go through gettext instead.

    Examples
    --------
    >>> Words("确诊", "confirmed").say("en")
    'confirmed'
    """

    zh: str
    en: str

    def say(self, language: str) -> str:
        """Return the label for a language tag such as ``zh-hans``, ``zh`` or ``en``."""
        return self.zh if language.lower().startswith("zh") else self.en


NO_WORDS = Words("", "")
