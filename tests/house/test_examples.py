"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import rencheng

TRIED = ("rencheng.kernel", "rencheng.engines", "rencheng.foundation.memory.kinds")


def modules() -> list[str]:
    names = (found.name for found in pkgutil.walk_packages(rencheng.__path__, "rencheng."))
    return [name for name in names if name.startswith(TRIED)]


@pytest.mark.parametrize("name", modules())
def test_the_examples_of_a_module_do_what_they_say(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert failed == 0


def test_a_wrong_example_is_noticed() -> None:
    wrong = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "planted", None, 0)
    assert doctest.DocTestRunner(verbose=False).run(wrong, out=lambda _: None).failed == 1
