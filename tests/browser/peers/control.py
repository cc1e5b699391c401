"""Rows on the control, as Turk & Hutchings (CHI 2023) rated those of 727 sites."""

import json

from tests.browser.engines.chromium import Chromium
from tests.browser.engines.engine import Engine
from tests.browser.patience import eventually
from tests.browser.peers import probe
from tests.browser.peers.trial import Trial

WIDTHS = (320, 1280)


def sticky(trial: Trial) -> str:
    seen = []
    with trial.browser() as engine:
        for width in WIDTHS:
            _set_width(engine, width)
            trial.subject.open(engine)
            visible = probe.CONTROL_IS_VISIBLE % json.dumps(trial.subject.control)
            on_load = engine.evaluate(visible)
            eventually(lambda: engine.evaluate(probe.SCROLLED), "scrolled")
            seen.append(
                f"{width} px: {_yes(on_load)} / {_yes(engine.evaluate(visible))}",
            )
    return "; ".join(seen)


def _set_width(engine: Engine, width: int) -> None:
    assert isinstance(engine, Chromium)
    metrics = {"width": width, "height": 640, "deviceScaleFactor": 1, "mobile": width < 600}
    engine.session.send("Emulation.setDeviceMetricsOverride", metrics)


def _yes(answer: object) -> str:
    return "yes" if answer else "no"


def explainer(trial: Trial) -> str:
    return trial.subject.explains


def safety_page(trial: Trial) -> str:
    return trial.subject.advises
