"""What stands on the audit trail, in words. An app says them in ``staff_actions`` of its AppConfig,
by what its code records, as in ``{"staff.signed_in": "Signed in"}``."""

from typing import Any

from django.apps import apps


def actions() -> dict[str, Any]:
    """The words of every action."""
    return {
        action: words
        for config in apps.get_app_configs()
        for action, words in getattr(config, "staff_actions", {}).items()
    }


def words_of(action: str) -> str:
    """The action itself where nobody has words for it any more."""
    return str(actions().get(action, action))
