"""The array type of this engine, and the checks its functions share."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rencheng.kernel.errors import InputError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def days_last(name: str, values: ArrayLike) -> FloatArray:
    """
    Narrow counts to a float array whose last axis is days.

    Raises
    ------
    InputError
        If there is no axis of days, or a value is infinite.
    """
    array: FloatArray = np.asarray(values, dtype=np.float64)
    if array.ndim == 0:
        raise InputError(f"{name} is a single number; it should have an axis of days")
    wrong = np.isinf(array)
    if wrong.any():
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise InputError(f"{name}{list(index)} is infinite; it should be a count, or NaN")
    return array


def same_shape(**named: NDArray[Any]) -> None:
    """Refuse arrays of different shapes, naming them."""
    if len({array.shape for array in named.values()}) > 1:
        told = ", ".join(f"{name} {array.shape}" for name, array in named.items())
        raise InputError(f"shapes differ: {told}; they should be equal")
