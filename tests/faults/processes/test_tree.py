"""The process tree: it comes back from crashes, it goes as one, nothing stays behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.fixtures.live import House, environment, start_house
from tests.fixtures.places import ROOT

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc")
PATIENCE_S = 20.0


def processes(home: Path) -> dict[int, str]:
    """Give every process of a house, by the home folder in its environment."""
    mark = f"RENCHENG_HOME={home}\0".encode()
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes() + b"\0":
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                if command:
                    found[int(folder.name)] = command
        except OSError:
            continue
    return found


def of_part(home: Path, part: str) -> list[int]:
    return sorted(pid for pid, command in processes(home).items() if f"processes {part}" in command)


def wait_for(what: Callable[[], bool], words: str, patience_s: float = PATIENCE_S) -> float:
    started = time.monotonic()
    while not what():
        assert time.monotonic() - started < patience_s, f"{words}: not within {patience_s:g} s"
        time.sleep(0.05)
    return time.monotonic() - started


def answers(house: House, path: str = "/healthz") -> bool:
    host, _, port = house.url.removeprefix("http://").partition(":")
    connection = HTTPConnection(host, int(port), timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def check_static_files(house: House) -> None:
    """See that the bundle is served, and that files named by their content are kept for good."""
    bundle = ROOT / "src/rencheng/foundation/web/static/rencheng"
    if not bundle.is_dir():
        return
    assert answers(house, "/static/rencheng/house.css")
    chunk = next((bundle / "chunks").glob("*.js")).name
    with urlopen(f"{house.url}/static/rencheng/chunks/{chunk}", timeout=5) as answer:
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.fixture
def house(tmp_path: Path, database_template: Path) -> Iterator[House]:
    """Give a running house; whatever of it is left after the test is killed."""
    running = start_house(tmp_path, database_template)
    wait_for(lambda: len(of_part(tmp_path, "worker")) == 1, "the worker")
    yield running
    for pid in processes(tmp_path):
        os.kill(pid, signal.SIGKILL)
    running.process.wait()


def test_crashed_parts_come_back_and_ctrl_c_leaves_nothing(house: House) -> None:
    (web, *serving), (worker,) = of_part(house.home, "web"), of_part(house.home, "worker")
    assert len(serving) in (1, 2)
    check_static_files(house)

    os.kill(serving[0], signal.SIGKILL)
    wait_for(lambda: answers(house), "an answer after a serving process was killed")
    os.kill(worker, signal.SIGKILL)
    wait_for(
        lambda: of_part(house.home, "worker") not in ([], [worker]), "a new worker after a kill"
    )
    os.kill(web, signal.SIGKILL)
    wait_for(lambda: web not in of_part(house.home, "web"), "the end of the web")
    wait_for(lambda: answers(house), "an answer after the web was killed")
    # Nothing of the killed web is left beside the new one.
    assert len(of_part(house.home, "web")) <= 3
    assert "next start in" in house.log()

    started = time.monotonic()
    assert house.stop() == 0
    assert time.monotonic() - started < 10
    assert processes(house.home) == {}


@pytest.mark.slow
def test_sigterm_closes_the_house_as_ctrl_c_does(house: House) -> None:
    house.process.terminate()
    assert house.process.wait(10) == 0
    assert processes(house.home) == {}


def test_nothing_outlives_a_killed_parent(house: House) -> None:
    house.process.kill()
    house.process.wait()
    spent = wait_for(lambda: not processes(house.home), "the end of all processes", 12)
    assert spent < 10


@pytest.mark.slow
def test_a_part_that_does_not_listen_is_cut_short_within_ten_seconds(house: House) -> None:
    (worker,) = of_part(house.home, "worker")
    os.kill(worker, signal.SIGSTOP)
    started = time.monotonic()
    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(12) == 0
    assert 5 < time.monotonic() - started < 10
    assert processes(house.home) == {}


def test_a_second_house_is_refused_and_a_second_ctrl_c_stops_at_once(house: House) -> None:
    said = refused(house.home, "run", "--port", "18999")
    assert f"a house is open already: http://localhost:{house.url.rpartition(':')[2]}/" in said
    assert answers(house)
    (worker,) = of_part(house.home, "worker")
    os.kill(worker, signal.SIGSTOP)
    house.process.send_signal(signal.SIGINT)
    wait_for(lambda: "Ctrl-C again" in house.log(), "the word of it")
    time.sleep(0.5)
    started = time.monotonic()
    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(5) == 0
    assert time.monotonic() - started < 2
    assert processes(house.home) == {}


def refused(home: Path, *words: str) -> str:
    """Run a command that must be refused: status 2, one line on standard error, nothing else."""
    done = subprocess.run(
        [sys.executable, "-m", "rencheng", *words],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refused(tmp_path, "run", "--port", str(port))
    assert f"port {port} of 127.0.0.1 is in use" in said
    assert "--port" in said
    assert processes(tmp_path) == {}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("run", "--port", "70000"), "between 1 and 65535"),
        (("run", "--host", "no.such.host.invalid"), "no address here"),
        (("run", "--workers", "0"), "--workers is 0"),
    ],
)
def test_a_wrong_address_or_number_is_said_in_one_line(
    tmp_path: Path, words: tuple[str, ...], expected: str
) -> None:
    assert expected in refused(tmp_path, *words)
