"""Before the house opens: is the address free, and is no house open on this home already."""

import errno
import fcntl
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from rencheng.kernel.errors import ConflictError, InputError

LOCK = "run.lock"


def check_free(host: str, port: int) -> None:
    """
    See that we may listen at an address.

    Raises
    ------
    ConflictError
        If somebody else listens there.
    InputError
        If there is no such address, or we may not use it.
    """
    if not 1 <= port <= 65535:
        raise InputError(f"port is {port}; it should be between 1 and 65535")
    try:
        family, kind, number, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise InputError(f"host {host!r} is no address here ({error.strerror})") from error
    with socket.socket(family, kind, number) as probe:
        # As the server itself does: an address whose last connections are fading away is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise _refusal(host, port, error) from error


def _refusal(host: str, port: int, error: OSError) -> ConflictError | InputError:
    if error.errno == errno.EADDRINUSE:
        return ConflictError(
            f"port {port} of {host} is in use by another program; "
            f"choose another one, such as: --port {port + 1 if port < 65535 else 8000}"
        )
    if error.errno == errno.EACCES:
        return InputError(f"port {port} needs more rights than we have; choose one above 1023")
    return InputError(f"{host} port {port} cannot be opened: {error.strerror}")


@contextmanager
def only_house(home: Path, address: str) -> Iterator[None]:
    """
    Keep the home folder for this house while it is open; the lock dies with the process.

    Raises
    ------
    ConflictError
        If a house is open on this home already; the message says where.
    """
    path = home / LOCK
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConflictError(f"a house is open already: {_read(path)}") from None
        file.truncate()
        json.dump({"address": address, "process": os.getpid()}, file)
        file.flush()
        yield


def open_house(home: Path) -> str | None:
    """Say where a house is open on this home folder, or None where none is."""
    try:
        with (home / LOCK).open(encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        return _read(home / LOCK)
    return None


def _read(path: Path) -> str:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "it is just starting"
    return f"{said['address']} (process {said['process']})"


def when_open(host: str, port: int, then: Callable[[], None]) -> None:
    """Ask the house in a thread until it answers, then call ``then``."""
    # A house that listens everywhere is asked at home.
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared only

    def ask() -> None:
        while not _answers(near, port):
            time.sleep(0.1)
        then()

    threading.Thread(target=ask, name="when-open", daemon=True).start()


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
