"""The network guard itself."""

import socket

import pytest

from tests.fixtures.network import NetworkClosed, is_this_machine


def test_no_test_reaches_the_internet() -> None:
    with pytest.raises(NetworkClosed):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(NetworkClosed):
        socket.getaddrinfo("example.org", 443)


def test_this_machine_stays_reachable() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with socket.create_connection(listener.getsockname(), timeout=1) as caller:
            assert caller.getpeername() == listener.getsockname()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", b"localhost", None])
def test_names_of_this_machine_are_known(host: object) -> None:
    assert is_this_machine(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "example.org", "localhost.example.org", "0.0.0.0"])
def test_other_names_are_strangers(host: str) -> None:
    assert not is_this_machine(host)
