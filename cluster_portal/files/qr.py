"""An address as a picture that a telephone opens."""

from __future__ import annotations

import base64

import qrcode
from qrcode.image.svg import SvgPathImage


def qr_picture(address: str) -> str:
    """The address as a QR code: an SVG in a `data:` URI, always the same for one address."""
    drawn = qrcode.make(address, image_factory=SvgPathImage, border=0)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.to_string()).decode()
