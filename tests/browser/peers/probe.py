"""Asks a page, in its own frames, whether something opaque lies over all of it."""

# After ``name`` the first frame is looked at: its callbacks run before it is drawn.
FIRST_FRAME = """(() => {
  const lid = () => {
    const places = [0.02, 0.5, 0.98];
    const tops = places.flatMap((x) => places.map((y) =>
      document.elementFromPoint(x * innerWidth, y * innerHeight)));
    const style = tops[0] ? getComputedStyle(tops[0]) : {};
    return tops.every((top) => top === tops[0]) && style.position === "fixed"
      && Number(style.opacity) === 1 && !/^rgba|transparent/.test(style.backgroundColor);
  };
  window.firstFrame = null;
  let presses = 0;
  addEventListener("%(event)s", () => {
    presses += 1;
    if (presses === %(presses)d)
      requestAnimationFrame(() => { window.firstFrame = lid() ? "covered" : "bare"; });
  }, true);
  return true;
})()"""
ANSWER = "window.firstFrame"

CONTROL_IS_VISIBLE = """(() => {
  const control = document.querySelector(%s);
  const box = control.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return box.top >= 0 && box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight
    && control.contains(top);
})()"""
SCROLLED = "(scrollTo(0, document.documentElement.scrollHeight / 2), scrollY > 100)"
