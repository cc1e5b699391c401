// An answer such as "None of these" or "I don't know" stands alone: choosing it takes back the
// others, and choosing another takes it back.
(() => {
  "use strict";
  const isAlone = (box) => "alone" in box.dataset;

  (self.reportForm ||= {}).clearOthers = (chosen) => {
    if (chosen.type !== "checkbox" || !chosen.checked) return;
    for (const other of chosen.closest(".question").querySelectorAll("[type=checkbox]")) {
      if (other !== chosen && (isAlone(chosen) || isAlone(other))) other.checked = false;
    }
  };
})();
