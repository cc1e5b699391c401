// What keeps a step from going on, said at the question itself: an answer that is needed, or more
// letters than there is room for.
(() => {
  "use strict";
  const reportForm = self.reportForm ||= {};

  // As they are counted after sending: a letter beyond the 65,536th of Unicode is one too.
  const over = (control) => [...control.value].length - control.dataset.limit;

  // The first fault among the questions of a step as {at, says, focus}; none where all is well.
  // Of the questions of which one is needed, the last that is asked has the fault.
  const faultIn = (questions, shown, words) => {
    const oneOf = shown.filter((question) => question.dataset.need === "one-of");
    const isEmpty = (question) => !reportForm.answered(question).length;
    for (const at of questions) {
      const focus = at.querySelector("input, textarea");
      if (at.dataset.need === "yes" && isEmpty(at)) return { at, says: words.needed, focus };
      if (at === oneOf[oneOf.length - 1] && oneOf.every(isEmpty)) return { at, says: words.oneOf, focus };
      for (const control of at.querySelectorAll("[data-limit]")) {
        const letters = over(control);
        if (letters > 0) return { at: place(control), says: counted(words.tooLong, letters), focus: control };
      }
    }
  };

  const counted = (text, letters) => text.replace("{n}", letters);
  const place = (control) => control.closest(".line, .part-choices, .question");

  const tell = ({ at, says, focus }) => {
    clear(at);
    const line = document.createElement("p");
    line.className = "error";
    line.id = at.id + "-fault";
    line.textContent = says;
    const above = [...at.children].filter((child) => child.matches("legend, h2, label[for], .hint, .needed"));
    above[above.length - 1].after(line);
    at.classList.add("has-error");
    const described = at.matches("fieldset") ? at : focus;
    described.setAttribute("aria-describedby", ((described.getAttribute("aria-describedby") || "") + " " + line.id).trim());
    if (described === focus) focus.setAttribute("aria-invalid", "true");
    // A browser would put the control in the middle of a small screen, and what is said above it.
    focus.focus({ preventScroll: true });
    at.scrollIntoView();
  };

  // Once there is something new in the question, what was said of the old is taken back.
  const clear = (at) => {
    at.classList.remove("has-error");
    for (const line of at.querySelectorAll(":scope > .error")) {
      for (const told of [at, ...at.querySelectorAll("[aria-describedby]")]) {
        const ids = (told.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== line.id);
        if (ids.length) told.setAttribute("aria-describedby", ids.join(" "));
        else told.removeAttribute("aria-describedby");
      }
      line.remove();
    }
    at.querySelectorAll("[aria-invalid]").forEach((control) => control.removeAttribute("aria-invalid"));
  };

  Object.assign(reportForm, { faultIn, tell, clear, over, counted });
})();
