"""What a browser may do with our pages."""

from typing import Final

from django.http import HttpResponseBase

_CONTENT: Final = (
    "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors "
)
FEATURES: Final = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
)


def apply(response: HttpResponseBase, *, embeddable: bool) -> None:
    """Write the content security policy and its kin on an answer, unless a view wrote its own."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _CONTENT + ("*" if embeddable else "'none'"))
    headers.setdefault("Permissions-Policy", FEATURES)
    if not embeddable:
        # For browsers that do not know frame-ancestors.
        headers.setdefault("X-Frame-Options", "DENY")
