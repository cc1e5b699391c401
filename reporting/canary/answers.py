"""What the test report says. Whoever meets it anywhere must see that it is one."""

import secrets

from django.utils.translation import gettext as _


def new_answers() -> dict[str, str]:
    """By the names of the form's controls, for every part that is sealed. They raise no flag, and
    hold a random marker, so that each is a report of its own."""
    story = _(
        "THIS IS A TEST by the website itself. Nobody wrote it and nobody needs help. It was sent "
        "to see whether reports arrive. Please do nothing but delete it. Marker: {marker}"
    ).format(marker=secrets.token_hex(8))
    name = _("This is a test by the website itself")
    return {
        "length": "full",
        "danger": "no",
        "who": "me",
        "age": "35_up",
        "story": story,
        "name": name,
    }
