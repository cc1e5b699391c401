// The report form, one step at a time. It stays one form that is sent once: steps are shown and
// hidden, and nothing is kept or sent before that. Should anything in here fail, the whole form
// is there, as it is without script.
(() => {
  "use strict";
  const form = document.getElementById("report");
  if (!form) return;
  const { asked, word, faultIn, tell, clear, countLetters, review } = self.reportForm;
  const main = form.closest("main");
  const words = document.getElementById("report-words").dataset;
  const steps = [...form.querySelectorAll(".step")];
  const [start] = steps, last = steps[steps.length - 1];
  const questions = [...form.querySelectorAll(".question")];
  const failed = form.querySelector(".report-failed");
  const send = last.querySelector("[type=submit]");
  const working = new AbortController();

  const make = (name, className, text = "") => {
    const element = document.createElement(name);
    element.className = className;
    element.textContent = text;
    return element;
  };
  const progress = make("p", "progress");
  progress.id = "report-progress";
  const controls = make("div", "step-controls");
  const onward = make("button", "onward", words.continue);
  const back = make("button", "back", words.back);
  back.type = "button";
  back.dataset.back = ""; // for visit.js, whose own way back leads here first
  const check = make("h2", "check", words.check);

  // The step that is shown, and those that lead back from it. While a reader changes an answer, or
  // mends what came back, `known` holds the questions that need not be gone through again.
  let current = start, path = [], known = null, shown;

  const stepOf = (element) => steps.find((step) => step.contains(element));
  const hasFault = (element) => element.matches(".has-error") || element.querySelector(".has-error");
  const isAsking = (step) => step === last || shown.some((question) => step.contains(question));
  const isDue = (step) => step === last || shown.some((question) =>
    step.contains(question) && (!known?.includes(question) || hasFault(question)));
  const next = () => steps.slice(steps.indexOf(current) + 1).find(isDue);

  // --- What is shown ---

  const refresh = () => {
    const found = asked(questions);
    shown = found.shown;
    word(form, found.answers);
    questions.forEach((question) => { question.hidden = !shown.includes(question); });
    const all = steps.slice(1).filter(isAsking);
    progress.hidden = current === start;
    progress.textContent = words.step.replace("{n}", all.indexOf(current) + 1).replace("{all}", all.length);
  };

  const show = (step) => {
    current = step;
    refresh();
    if (step === last) checkAnswers();
    steps.forEach((other) => { other.hidden = other !== step; });
    onward.hidden = step === last;
    back.hidden = !path.length;
    failed.hidden = true;
    dispatchEvent(new Event("step"));
  };

  const goTo = (step) => {
    show(step);
    const summary = main.querySelector(".error-summary");
    if (summary) summary.hidden = !hasFault(form);
    const isStart = step === start;
    const heading = isStart ? main.querySelector("h1") : step.querySelector("h2");
    heading.tabIndex = -1;
    if (!isStart) heading.setAttribute("aria-describedby", progress.id);
    heading.focus({ preventScroll: true });
    (isStart ? heading : progress).scrollIntoView();
  };

  const checkAnswers = () => {
    known = null;
    path = steps.slice(0, -1).filter(isAsking);
    last.querySelector(".answers")?.remove();
    check.after(review(shown, words, (question) => {
      known = shown;
      path = [last];
      goTo(stepOf(question));
    }));
  };

  // --- What the reader does ---

  const tellOf = (fault) => {
    const step = stepOf(fault.at);
    if (step !== current) {
      known = shown;
      path = [last];
      show(step);
    }
    tell(fault);
  };

  const advance = () => {
    refresh();
    const fault = faultIn(shown.filter((question) => current.contains(question)), shown, words);
    if (fault) return tellOf(fault);
    path.push(current);
    goTo(next());
  };

  const onSubmit = (event) => {
    const isSending = current === last || failed.contains(event.submitter);
    const fault = isSending && faultIn(shown, shown, words);
    if (isSending && !fault) {
      send.textContent = words.sending;
      failed.hidden = true;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (fault) tellOf(fault);
    else advance();
  };

  // The second press of a double one was not meant for a button that has come there since.
  const onClick = (event) => {
    if (event.detail < 2 || !event.target.closest("button")) return;
    event.preventDefault();
    event.stopPropagation();
  };

  // Words change no branch, and what is pressed next must not move away from under the finger.
  const onChange = ({ target }) => {
    if (/radio|checkbox/.test(target.type)) refresh();
    // Help that an answer calls for is seen at once. Of several answers the reader is still choosing.
    if (target.type === "radio") {
      [...target.closest(".question").querySelectorAll(".help")]
        .find((help) => help.getClientRects().length)?.scrollIntoView({ block: "nearest" });
    }
  };

  const onInput = ({ target }) => {
    const at = target.closest(".has-error");
    if (at) clear(at);
    if (target.dataset.limit) countLetters(target, words);
  };

  // A link to a control, as in the summary of errors, leads to its step.
  const onLink = ({ target }) => {
    const link = target.closest("a[href^='#']");
    const goal = link && document.getElementById(link.hash.slice(1));
    const step = goal && stepOf(goal);
    if (!step) return;
    goal.closest("details")?.setAttribute("open", "");
    if (step !== current) show(step);
  };

  const onFailed = () => {
    send.textContent = words.send;
    failed.hidden = false;
    failed.focus();
  };

  // --- Beginning, and giving up ---

  const whole = () => {
    working.abort();
    [...steps, ...questions].forEach((element) => { element.hidden = false; });
    [progress, controls, check].forEach((element) => element.remove());
    form.classList.remove("stepped");
  };

  const safely = (action) => (event) => {
    try {
      action(event);
    } catch (error) {
      whole();
      throw error;
    }
  };

  const listen = (element, kind, action, capture = false) =>
    element.addEventListener(kind, safely(action), { capture, signal: working.signal });

  safely(() => {
    form.prepend(progress);
    last.after(controls);
    controls.append(onward, back);
    last.prepend(check);
    listen(form, "submit", onSubmit);
    listen(form, "click", onClick, true);
    listen(form, "change", onChange);
    listen(form, "input", onInput);
    listen(main, "click", onLink);
    listen(main, "failed", onFailed);
    listen(back, "click", () => goTo(path.pop()));
    form.classList.add("stepped");
    refresh();
    const faulty = form.querySelector(".step .has-error");
    if (!faulty) return show(start);
    const step = stepOf(faulty);
    path = steps.slice(0, steps.indexOf(step)).filter(isAsking);
    known = shown;
    show(step);
  })();
})();
