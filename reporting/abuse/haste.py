"""Whether a form came back sooner than a person could have answered it."""

# Danger, who, one of three more, and Send: four aimed presses. The keystroke-level model (Card,
# Moran and Newell, 1980) gives 1.1 s for aiming at each, without a word read.
LEAST_SECONDS = 4


def is_too_fast(age: float | None) -> bool:
    """``age`` is a journey's: seconds since the form was given out, None without a genuine token,
    which nobody has who was given the form."""
    return age is None or age < LEAST_SECONDS
