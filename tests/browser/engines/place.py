"""Where on an element a pointer presses it; asked of the page."""

import json

# The middle of an element's widest line: the middle of the box around a link that breaks over
# lines may lie outside it. Scrolls only where something else is at that place. A page still moves
# for a while after words were typed, so the place is one that stays the same for two frames.
_PLACE = """(async () => {
  const element = document.querySelector(%s);
  if (!element) return null;
  const middle = () => {
    const boxes = [...element.getClientRects()].sort((a, b) => b.width - a.width);
    return boxes.length && boxes[0].width && boxes[0].height
      ? [boxes[0].left + boxes[0].width / 2, boxes[0].top + boxes[0].height / 2] : null;
  };
  const frame = () => new Promise((then) => requestAnimationFrame(then));
  const settled = async () => {
    let place = middle(), before;
    do {
      before = place;
      await frame();
      await frame();
      place = middle();
    } while (String(place) !== String(before));
    return place;
  };
  const place = await settled();
  if (!place || element.contains(document.elementFromPoint(...place))) return place;
  element.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
  return settled();
})()"""


def place_of(selector: str) -> str:
    """An expression for the place, ``[x, y]`` in the window; null where there is none yet."""
    return _PLACE % json.dumps(selector)
