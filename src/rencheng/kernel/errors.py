"""One tree of errors; a message names the thing, what it was, what it should be."""


class RenchengError(Exception):
    """Root of every error that Rencheng raises on purpose."""


class InputError(RenchengError):
    """The caller gave something that the caller can mend."""


class DataError(RenchengError):
    """A source is bad: a file, a feed, a stored row."""


class ConflictError(RenchengError):
    """Two truths meet: the same key with another body, a stale version, a lost race."""


class NotAllowed(RenchengError):
    """The caller may not do this, or not for this purpose."""


class Unavailable(RenchengError):
    """Something needed is away for now; trying again later may help."""
