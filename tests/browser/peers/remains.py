"""Rows on what is left of a visit, in the browser and on the disk, and who is told of it."""

import time
from urllib.parse import urlsplit

from tests.browser.left import wait_until_elsewhere
from tests.browser.patience import eventually
from tests.browser.peers.trial import NEVER, Trial, seconds_until

UNMEASURED = "not told"
NOTHING_KEPT = "no profile"  # a driven MiniBrowser has none on the disk
SET_TRACES = "document.cookie = 'crumb=1; path=/', localStorage.crumb = '1', true"
KEPT_TRACES = """[document.cookie.includes('crumb=1') && 'cookie',
    localStorage.crumb && 'storage'].filter(Boolean)"""


def shown_by_buttons(trial: Trial) -> str:
    shown = {page.split(": ")[-1] for page in trial.walked.shown}
    return f"{len(shown)} of {trial.walked.pages}"


def entries_left(trial: Trial) -> str:
    entries = trial.walked.entries
    return UNMEASURED if entries is None else str(len(entries))


def rows_on_disk(trial: Trial) -> str:
    if trial.engine_name == "webkit":
        return NOTHING_KEPT
    rows = trial.kept.rows
    neutral = {"Weather", urlsplit(trial.destination.url).netloc}
    own = [row for row in rows if row.title not in neutral]
    return f"{len(rows)}, {len(own) or 'none'} with the site's own title"


def words_on_disk(trial: Trial) -> str:
    if trial.engine_name == "webkit":
        return NOTHING_KEPT
    kept = trial.kept
    files = {file for held in kept.words.values() for file in held}
    return f"{len(kept.words)} of {kept.sought}" + (f", in {len(files)} files" if files else "")


def cookies_and_storage(trial: Trial) -> str:
    subject = trial.subject
    with trial.browser() as engine:
        subject.open(engine)
        engine.evaluate(SET_TRACES)
        subject.leave_by_key(engine)
        wait_until_elsewhere(engine, trial.destination)

        def cleared() -> bool:
            subject.open(engine)
            return not engine.evaluate(KEPT_TRACES)

        gone = seconds_until(cleared, NEVER)
        return (
            "cleared" if gone is not None else f"{' and '.join(engine.evaluate(KEPT_TRACES))} stay"
        )


def referrer(trial: Trial) -> str:
    subject = trial.subject
    seen = {}
    with trial.browser() as engine:
        for way, leave in {
            "key": subject.leave_by_key,
            "control": subject.leave_by_control,
        }.items():
            trial.destination.reset()
            subject.open(engine)
            leave(engine)
            trial.wait_for_request()
            told = trial.destination.referrers[0]
            seen[way] = "none" if told is None else "the site's origin"
            wait_until_elsewhere(engine, trial.destination)
    if len(set(seen.values())) == 1:
        return seen["key"]
    return ", ".join(f"{way}: {told}" for way, told in seen.items())


def other_tabs(trial: Trial) -> str:
    subject = trial.subject
    with trial.browser() as engine:
        subject.open(engine)
        (first,) = engine.tabs()
        engine.click(subject.link % subject.read[1], control=True)
        eventually(lambda: len(engine.tabs()) == 2, "a second tab")
        (second,) = set(engine.tabs()) - {first}
        engine.look_at(second)
        subject.wait_until_shown(engine)
        engine.look_at(first)
        subject.prepare_to_leave(engine)
        pressed = time.monotonic()
        engine.press(subject.key.name)
        gone = seconds_until(lambda: len(trial.destination.arrivals) == 2, NEVER)
        if gone is None:
            return "stay (not its aim)"
        return f"leave; both gone in {1000 * (trial.destination.arrivals[1] - pressed):.0f} ms"
