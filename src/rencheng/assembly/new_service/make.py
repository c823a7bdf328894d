"""Writing the files of a new service into a checkout."""

import re
from pathlib import Path

from rencheng.kernel.errors import ConflictError, InputError
from rencheng.kernel.words import Words

TEMPLATE = Path(__file__).parent / "template"
NAME = re.compile(r"[a-z][a-z0-9]{1,19}")
TITLE = re.compile(r"[\w (),.·-]{1,40}")
# Addresses and apps that the house has already.
TAKEN = {
    "account", "admin", "api", "auth", "catalogue", "contenttypes", "files", "gallery", "guard",
    "jobs", "ledger", "memory", "messages", "places", "preferences", "screen", "services",
    "sessions", "static", "staticfiles", "test", "web",
}  # fmt: skip
LISTED = re.compile(r"RENCHENG_SERVICES = \[\n((?:    \"[a-z._]+\",\n)*)\]")
SERVICE_FILES = (
    "README.md",
    "__init__.py",
    "apps.py",
    "service.py",
    "feeds.py",
    "rules.py",
    "indicators.py",
    "api.py",
    "pages.py",
    "urls.py",
    "routes.py",
    "mappings/@name@-daily.toml",
    "templates/@name@/index.html",
)


def checkout() -> Path | None:
    """Find the checkout of the project that we stand in, or None."""
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "src" / "rencheng" / "services").is_dir():
            return folder
    return None


def make(root: Path, name: str, *, zh: str = "", en: str = "") -> list[Path]:
    """
    Make a service with a kind, an indicator, a mapping, a page, an API, a README and a test.

    Parameters
    ----------
    root
        A checkout of the project.
    name
        Folder and address of the service: a lower-case word.
    zh, en
        What people call it; the name itself by default.

    Returns
    -------
    paths
        The files written, the settings among them.

    Raises
    ------
    InputError
        If the name is no lower-case word.
    ConflictError
        If the name is taken, or the settings do not list services as expected; nothing is
        written then.
    """
    if not NAME.fullmatch(name):
        raise InputError(f"service name {name!r} should be a lower-case word of 2 to 20 letters")
    for title in (zh, en):
        if title and not TITLE.fullmatch(title):
            raise InputError(f"title {title!r} should have at most 40 letters and no quotes")
    room = root / "src" / "rencheng" / "services" / name
    test = root / "tests" / "unit" / name / f"test_{name}.py"
    if name in TAKEN or room.exists() or test.exists():
        raise ConflictError(f"service name {name!r} is taken; choose another one")
    settings = root / "src" / "rencheng" / "assembly" / "settings.py"
    listed = with_service(settings.read_text(encoding="utf-8"), name)
    words = Words(zh or name, en or name.capitalize())
    texts = {room / _filled(path, name, words): _text(path, name, words) for path in SERVICE_FILES}
    texts[test] = _text("test.py", name, words)
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    # Last, so that a house that starts meanwhile finds the whole service or none.
    settings.write_text(listed, encoding="utf-8")
    return [*texts, settings]


def with_service(settings: str, name: str) -> str:
    """
    Add a service at the end of the list in the settings.

    Raises
    ------
    ConflictError
        If there is no such list.
    """
    found = LISTED.search(settings)
    if found is None:
        raise ConflictError(
            "settings.py has no plain list RENCHENG_SERVICES, one service a line; nothing was made"
        )
    return f'{settings[: found.end(1)]}    "rencheng.services.{name}",\n{settings[found.end(1) :]}'


def _text(path: str, name: str, words: Words) -> str:
    # Kept as .txt, so that nobody takes a template for code of the house.
    source = TEMPLATE / f"{path.replace('@name@', 'name').replace('/', '-')}.txt"
    return _filled(source.read_text(encoding="utf-8"), name, words)


def _filled(text: str, name: str, words: Words) -> str:
    values = {"name": name, "Name": name.capitalize(), "zh": words.zh, "en": words.en}
    return re.sub(r"@(name|Name|zh|en)@", lambda found: values[found[1]], text)
