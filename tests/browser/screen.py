"""What a reader sees: the pixels of an X display."""

import ctypes
import ctypes.util

ALL_PLANES = 0xFFFFFFFF
WHOLE_PIXELS = 2  # XGetImage's ZPixmap
PATCH = 8  # so many pixels in a row are no accident


class _Image(ctypes.Structure):
    """The beginning of Xlib's XImage."""

    _fields_ = [
        *[(name, ctypes.c_int) for name in ("width", "height", "xoffset", "format")],
        ("data", ctypes.c_void_p),
        *[(name, ctypes.c_int) for name in ("byte_order", "unit", "bit_order", "pad", "depth")],
        ("bytes_per_line", ctypes.c_int),
    ]


class Screen:
    def __init__(self, display: str) -> None:
        self._xlib = ctypes.CDLL(ctypes.util.find_library("X11"))
        for name, result in (
            ("XOpenDisplay", ctypes.c_void_p),
            ("XDefaultRootWindow", ctypes.c_ulong),
            ("XGetImage", ctypes.POINTER(_Image)),
        ):
            getattr(self._xlib, name).restype = result
        opened = self._xlib.XOpenDisplay(display.encode())
        assert opened, f"no display {display}"
        self._display = ctypes.c_void_p(opened)
        self._root = ctypes.c_ulong(self._xlib.XDefaultRootWindow(self._display))

    def pixels(self) -> bytes:
        """Of the whole screen, row by row, each as blue, green, red and nothing."""
        width = self._xlib.XDisplayWidth(self._display, 0)
        height = self._xlib.XDisplayHeight(self._display, 0)
        image = self._xlib.XGetImage(
            self._display,
            self._root,
            *(0, 0, width, height),
            ctypes.c_ulong(ALL_PLANES),
            WHOLE_PIXELS,
        )
        try:
            size = image.contents.bytes_per_line * height
            return ctypes.string_at(image.contents.data, size)
        finally:
            self._xlib.XDestroyImage(image)

    def shows(self, colour: str) -> bool:
        """Whether a patch of the colour, written as in CSS, is to be seen anywhere."""
        red, green, blue = bytes.fromhex(colour[1:])
        return bytes([blue, green, red, 0]) * PATCH in self.pixels()

    def close(self) -> None:
        self._xlib.XCloseDisplay(self._display)
