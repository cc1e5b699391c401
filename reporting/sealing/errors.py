"""What goes wrong with sealed things."""


class CannotOpen(Exception):
    """A sealed thing does not open: another key, a changed byte, another report, another version.

    It says the same for all of these, so that nobody learns from a failure how near they were,
    and no exception text holds a part of what was sealed.
    """

    def __init__(self) -> None:
        super().__init__("It does not open: the key is not the right one, or it was changed.")


class BadManifest(Exception):
    """The list of public keys is not one that this force has signed, or cannot be sealed to.

    The message says which; a manifest holds no secret.
    """
