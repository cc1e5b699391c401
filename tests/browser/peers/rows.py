"""The rows of the comparison: each asks one thing of one site in one engine.

An answer is plain words with figures.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.peers import control, going, remains
from tests.browser.peers.trial import Trial


@dataclass(frozen=True)
class Row:
    name: str
    ask: Callable[[Trial], str]
    in_chromium_only: bool = False  # where engines do not differ, or only its driver can


ROWS = [
    Row("From the key to the destination's request, median of 5", going.key_to_request),
    Row("First frame after the key, and after the control", going.first_frame),
    Row("Key while the body of the page is still coming", going.stalled_body),
    Row("Its own key again while a destination that takes 0.7 s loads", going.own_key_again),
    Row("Escape while a destination that takes 0.7 s loads", going.escape_while_leaving),
    Row("Destination that takes 1.5 s", going.slow_destination),
    Row(
        "Destination never answers: still the site's address after 3 s",
        going.silent_destination,
    ),
    Row("Pages of a visit of 6 that Back and Forward show", remains.shown_by_buttons),
    Row("Entries of the visit in the session history", remains.entries_left),
    Row("Lines of the visit in the browser's own history", remains.rows_on_disk),
    Row("Headings read and words typed, found in the profile folder", remains.words_on_disk),
    Row("A cookie and a stored item of the site, after 3 s", remains.cookies_and_storage),
    Row("Referrer that the destination sees", remains.referrer),
    Row("A second tab of the site", remains.other_tabs),
    Row("Without JavaScript", going.without_script, in_chromium_only=True),
    Row("Control visible on load / after scrolling", control.sticky, in_chromium_only=True),
    Row("Says what it does", control.explainer, in_chromium_only=True),
    Row("Page on staying safe", control.safety_page, in_chromium_only=True),
]
