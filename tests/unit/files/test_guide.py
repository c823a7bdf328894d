"""The guide's example of a mapping runs as it stands, without Django."""

import re
import subprocess
import sys
from pathlib import Path

from tests.fixtures.places import ROOT

GUIDE = ROOT / "docs" / "guide" / "files.md"


def block(kind: str) -> str:
    """Give the first block of a kind in the part about mappings without the house."""
    part = GUIDE.read_text(encoding="utf-8").split("## A mapping without the house")[1]
    found = re.search(rf"```{kind}\n(.*?)```", part, re.DOTALL)
    assert found, kind
    return found[1]


def test_the_example_of_the_guide_prints_what_the_guide_says(tmp_path: Path) -> None:
    (tmp_path / "beds.csv").write_text(block("csv"), encoding="utf-8")
    (tmp_path / "beds.toml").write_text(block("toml"), encoding="utf-8")
    code = block("python") + "\nimport sys\nassert 'django' not in sys.modules\n"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == block("text")
