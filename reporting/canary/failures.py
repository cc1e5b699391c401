"""How a step fails."""


class StepFailed(Exception):
    """A sentence that says what is wrong; it holds neither code nor key nor what was sent."""
