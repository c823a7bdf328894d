"""What tests of the pages do again and again: send a file, open a page, read a form."""

import re
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rencheng.sensing.files import uploads
from rencheng.sensing.files.models import Upload


def send(desk: Client, text: str | bytes, name: str = "town.csv", **more: str) -> Any:
    content = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile(name, content)
    return desk.post(reverse("files:send"), {"file": file, **more})


def sent(desk: Client, text: str | bytes, name: str = "town.csv", **more: str) -> Upload:
    answer = send(desk, text, name, **more)
    assert answer.status_code == 302, answer.content.decode()
    return Upload.objects.get(pk=answer["Location"].rstrip("/").rsplit("/", 1)[1])


def page(desk: Client, name: str, *args: object, **query: str) -> str:
    answer = desk.get(reverse(f"files:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def kept() -> list[Path]:
    return list(uploads.folder().iterdir())


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def said_by(html: str) -> dict[str, str]:
    """Read a form as a browser would send it."""
    form: dict[str, str] = {}
    for field in re.findall(r"<input[^>]*>", html):
        name = re.search(r'name="([^"]+)"', field)
        value = re.search(r'value="([^"]*)"', field)
        if name and 'type="file"' not in field and "csrf" not in name[1]:
            if 'type="checkbox"' in field:
                if " checked" in field:
                    form[name[1]] = "on"
            else:
                form[name[1]] = value[1] if value else ""
    for name, options in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        form[name] = chosen[1] if chosen else ""
    return form
