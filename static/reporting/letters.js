// How many letters are left, said politely once few are; and how many there are too many. Nothing
// is cut off.
(() => {
  "use strict";
  const reportForm = self.reportForm ||= {};
  const NEAR = 200;
  const timers = new WeakMap();

  const say = (control, line, words) => {
    const left = -reportForm.over(control);
    // Of a short line the last fifth is near.
    const isNear = left <= Math.min(NEAR, control.dataset.limit / 5);
    line.classList.toggle("error", left < 0);
    line.textContent = !isNear ? ""
      : reportForm.counted(left < 0 ? words.tooLong : words.left, Math.abs(left));
  };

  // When the writing pauses: a screen reader would speak at every letter.
  reportForm.countLetters = (control, words) => {
    let line = control.nextElementSibling;
    if (!line?.matches(".letters")) {
      line = document.createElement("p");
      line.className = "letters";
      line.setAttribute("aria-live", "polite");
      control.after(line);
    }
    clearTimeout(timers.get(control));
    timers.set(control, setTimeout(() => say(control, line, words), 500));
  };
})();
