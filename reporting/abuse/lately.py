"""What was decided lately, by name, in bounded memory."""

MOST_REMEMBERED = 10_000  # about 0.8 MB


class Lately:
    """Yes or no for each name. Where there would be more than ``most``, the one that was decided
    first is forgotten. Not safe for several threads by itself; ``Watch`` sees to that."""

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self.most = most
        self._decided: dict[bytes, bool] = {}

    def get(self, name: bytes) -> bool | None:
        """None where nothing is known."""
        return self._decided.get(name)

    def put(self, name: bytes, decision: bool) -> None:
        self._decided[name] = decision
        if len(self._decided) > self.most:
            del self._decided[next(iter(self._decided))]

    def clear(self) -> None:
        self._decided.clear()

    def __len__(self) -> int:
        return len(self._decided)
