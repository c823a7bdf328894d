"""Labels: words of data in two languages, or a text of the page that gettext translates."""

from django.utils.functional import Promise
from django.utils.translation import get_language

from rencheng.kernel.words import Words

Label = Words | str | Promise


def say(label: Label) -> str:
    """Give a label in the reader's language."""
    return label.say(get_language() or "") if isinstance(label, Words) else str(label)
