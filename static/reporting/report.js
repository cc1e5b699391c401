// The report form, one step at a time. All of it stays one form that is sent once: steps are
// shown and hidden, and nothing is kept or sent before that. Should anything in here fail, the
// whole form is there as it is without script.
(() => {
  "use strict";
  const form = document.getElementById("report");
  if (!form) return;
  const { answered, asked, word, faultIn, tell, clear, place, countLetters, review } = self.reportForm;
  const main = form.closest("main");
  const words = document.getElementById("report-words").dataset;
  const steps = [...form.querySelectorAll(".step")];
  const [start] = steps, last = steps[steps.length - 1];
  const questions = [...form.querySelectorAll(".question")];
  const failed = form.querySelector(".report-failed");
  const send = last.querySelector("[type=submit]");

  const make = (name, className, text) => {
    const element = document.createElement(name);
    element.className = className;
    element.textContent = text || "";
    return element;
  };
  const progress = make("p", "progress");
  progress.id = "report-progress";
  const controls = make("div", "step-controls");
  const onward = make("button", "onward", words.continue);
  const back = make("button", "back", words.back);
  back.type = "button";
  back.dataset.back = "";

  // The step that is shown; those before it that were; and while a reader changes an answer, or
  // mends what came back, the questions that were asked already.
  let current = start, path = [], mending = null, shown;

  const isAsked = (question) => shown.includes(question);
  const hasFault = (element) => element.matches(".has-error") || element.querySelector(".has-error");
  const isDue = (step) => step === start || step === last || questions.some((question) =>
    step.contains(question) && isAsked(question)
    && (!mending || !mending.known.includes(question) || hasFault(question)));
  const next = () => steps.slice(steps.indexOf(current) + 1).find(isDue);
  const before = () => path[path.length - 1];

  // --- What is shown ---

  const refresh = () => {
    const found = asked(questions);
    shown = found.shown;
    word(form, found.answers);
    questions.forEach((question) => { question.hidden = !isAsked(question); });
    const all = steps.slice(1).filter((step) => step === last || shown.some((question) => step.contains(question)));
    progress.hidden = current === start;
    progress.textContent = words.step.replace("{n}", all.indexOf(current) + 1).replace("{all}", all.length);
  };

  const show = (step) => {
    current = step;
    refresh();
    steps.forEach((other) => { other.hidden = other !== step; });
    onward.hidden = step === last;
    back.hidden = !before();
    failed.hidden = true;
    if (step === last) checkAnswers();
    dispatchEvent(new Event("step"));
  };

  const goTo = (step) => {
    show(step);
    const summary = main.querySelector(".error-summary");
    if (summary) summary.hidden = !hasFault(form);
    const heading = step === start ? main.querySelector("h1") : step.querySelector("h2");
    heading.tabIndex = -1;
    if (step !== start) heading.setAttribute("aria-describedby", progress.id);
    heading.focus({ preventScroll: true });
    (step === start ? heading : progress).scrollIntoView();
  };

  const checkAnswers = () => {
    if (mending) path.length = mending.depth;
    mending = null;
    back.hidden = !before();
    const list = review(shown, words, (question) => {
      mending = { known: shown, depth: path.length };
      path.push(last);
      goTo(steps.find((step) => step.contains(question)));
    });
    last.querySelector(".answers")?.remove();
    last.querySelector(".check").after(list);
  };

  // --- What the reader does ---

  const tellOf = (fault) => {
    const step = steps.find((other) => other.contains(fault.at));
    if (step !== current) show(step);
    tell(fault);
  };

  const advance = () => {
    refresh();
    const fault = faultIn(questions.filter((question) => current.contains(question) && isAsked(question)), shown, words);
    if (fault) return tellOf(fault);
    path.push(current);
    goTo(next());
  };

  form.addEventListener("submit", (event) => {
    const isLast = current === last;
    const fault = isLast && faultIn(shown, shown, words);
    if (isLast && !fault) {
      send.textContent = words.sending;
      failed.hidden = true;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (fault) tellOf(fault);
    else advance();
  });

  // The second press of a double one is for a button that stands there only since the first.
  form.addEventListener("click", (event) => {
    if (event.detail > 1 && event.target.closest("button")) event.preventDefault();
  });

  back.addEventListener("click", () => goTo(path.pop()));

  form.addEventListener("change", ({ target }) => {
    // Words change no branch, and what is pressed next must not move away from under the finger.
    if (/radio|checkbox/.test(target.type)) refresh();
  });

  form.addEventListener("input", ({ target }) => {
    const at = target.closest(".has-error");
    if (at) clear(at);
    if (target.dataset.limit) countLetters(target, words);
  });

  // A link to a control, as in the summary of errors, leads to its step.
  main.addEventListener("click", ({ target }) => {
    const link = target.closest("a[href^='#']");
    const goal = link && document.getElementById(link.hash.slice(1));
    const step = goal && steps.find((other) => other.contains(goal));
    if (!step) return;
    goal.closest("details")?.setAttribute("open", "");
    if (step !== current) show(step);
  });

  main.addEventListener("failed", () => {
    send.textContent = words.send;
    failed.hidden = false;
    failed.focus();
  });

  // --- The beginning ---

  const mount = () => {
    form.prepend(progress);
    last.after(controls);
    controls.append(onward, back);
    const check = make("h2", "check", words.check);
    last.prepend(check);
    const faulty = form.querySelector(".step .has-error");
    refresh();
    if (faulty) mending = { known: shown, depth: 0 };
    show(faulty ? faulty.closest(".step") : start);
    form.classList.add("stepped");
  };

  try {
    mount();
  } catch (error) {
    [...steps, ...questions].forEach((element) => { element.hidden = false; });
    [progress, controls].forEach((element) => element.remove());
    throw error;
  }
})();
