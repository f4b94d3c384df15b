"""What kind of picture some bytes are; only its beginning is read, nothing is decoded."""

from __future__ import annotations

import io
from typing import NamedTuple

from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile


class ImageHeader(NamedTuple):
    """The format (JPEG or PNG), the colours as Pillow calls them (RGB, RGBA, CMYK …), and the size in pixels."""

    format: str
    mode: str
    width: int
    height: int


def read_header(data: bytes) -> ImageHeader | None:
    """The picture; None for what is none that directories take."""
    for reader in (JpegImageFile, PngImageFile):
        try:
            with reader(io.BytesIO(data)) as image:
                return ImageHeader(str(image.format), image.mode, image.width, image.height)
        except (SyntaxError, OSError, ValueError):
            # Broken headers fail in as many ways as there are formats.
            continue
    return None
