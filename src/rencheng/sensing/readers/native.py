"""Faults of the compiled readers, told as ours."""

import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from rencheng.kernel.errors import DataError, RenchengError

# What the compiled readers raise on a damaged file.
_FAULTS: tuple[type[Exception], ...] = (
    pl.exceptions.PolarsError,
    zipfile.BadZipFile,
    OSError,
    OverflowError,
    RuntimeError,
    TypeError,
    UnicodeError,
    ValueError,
    struct.error,
)


@contextmanager
def faults_told(path: Path, what: str, *more: type[Exception]) -> Iterator[None]:
    """
    Turn what a compiled reader raises, its panics too, into a DataError that names the file.

    Parameters
    ----------
    what
        What the file should be, such as ``an Excel workbook``.
    more
        Further errors of that reader.
    """
    faults: tuple[type[Exception], ...] = (*_FAULTS, *more)
    try:
        yield
    except RenchengError:
        raise
    except faults as error:
        raise _told(path, what, error) from error
    except BaseException as error:
        # A panic of compiled code is no Exception and has a class of its own in each library.
        if type(error).__name__ != "PanicException":
            raise
        raise _told(path, what, error) from error


def _told(path: Path, what: str, error: BaseException) -> DataError:
    first = next(iter(str(error).splitlines()), type(error).__name__)
    return DataError(f"file {path.name} cannot be read ({first[:200]}); it should be {what}")
