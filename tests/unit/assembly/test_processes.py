"""The process tree's own decisions: when to start again, when to give up, who may open."""

import json
import signal
from pathlib import Path

import pytest

from rencheng.assembly.cli.running import address_of
from rencheng.assembly.processes import child, gate
from rencheng.assembly.processes.child import Part
from rencheng.assembly.processes.tree import Tree, parts_of
from rencheng.kernel.errors import ConflictError, InputError

# The entry of the processes refuses a part it does not know, so this one ends at once.
BROKEN = Part("broken", ("no-such-part",))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "FIRST_PAUSE_S", 0.01)


def test_a_part_that_never_comes_up_ends_the_tree(
    quick: None, capfd: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    before = signal.getsignal(signal.SIGTERM)
    assert Tree([BROKEN], said.append).run() == 1
    assert [line.split(" after ")[0] for line in said[:4]] == ["broken ended with status 2"] * 4
    assert said[-1] == "broken does not come up; the messages above say why"
    assert "invalid choice: 'no-such-part'" in capfd.readouterr().err
    assert signal.getsignal(signal.SIGTERM) == before


def test_each_crash_in_a_row_waits_twice_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    one = child.Child(BROKEN, lifeline=0)
    pauses = []
    for _ in range(9):
        one.start()
        assert one.process is not None
        one.process.wait()
        said = one.note_end()
        assert said is not None
        pauses.append(float(said.split()[-2]))
    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    assert one.note_end() is None


def test_a_house_has_a_web_and_as_many_workers_as_asked() -> None:
    parts = parts_of("127.0.0.1", 8000, web=2, workers=3)
    assert [part.name for part in parts] == ["web", "worker 1", "worker 2", "worker 3"]
    assert parts[0].arguments[-2:] == ("--processes", "2")


def test_one_home_holds_one_house(tmp_path: Path) -> None:
    assert gate.open_house(tmp_path) is None
    with gate.only_house(tmp_path, "http://localhost:8000/"):
        said = gate.open_house(tmp_path)
        assert said is not None
        assert said.startswith("http://localhost:8000/ (process ")
        second = gate.only_house(tmp_path, "http://localhost:9000/")
        with pytest.raises(ConflictError, match="open already"), second:
            raise AssertionError("a second house opened")
    assert gate.open_house(tmp_path) is None
    with gate.only_house(tmp_path, "http://localhost:9000/"):
        told = json.loads((tmp_path / gate.LOCK).read_text(encoding="utf-8"))
        assert told["address"] == "http://localhost:9000/"


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(InputError, match="between 1 and 65535"):
        gate.check_free("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://localhost:8000/"),
        ("0.0.0.0", "http://0.0.0.0:8000/"),
        ("::1", "http://[::1]:8000/"),
        ("city.example", "http://city.example:8000/"),
    ],
)
def test_an_address_is_written_as_people_open_it(host: str, url: str) -> None:
    assert address_of(host, 8000) == url
