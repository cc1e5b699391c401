// The report form, one step at a time. It stays one form that is sent once: steps are shown and
// hidden, and nothing is kept or sent before that. Should anything in here fail, the whole form
// is there, as it is without script.
(() => {
  "use strict";
  const form = document.getElementById("report");
  if (!form) return;
  const { answered, asked, word, faultIn, tell, clear, clearOthers, countLetters, review } = self.reportForm;
  const main = form.closest("main");
  const words = document.getElementById("report-words").dataset;
  const steps = [...form.querySelectorAll(".step")];
  const [start] = steps, last = steps[steps.length - 1];
  const questions = [...form.querySelectorAll(".question")];
  const failed = form.querySelector(".report-failed");
  const barBack = document.querySelector(".visit-back");
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
  // Below the form, since a screen reader hears nothing from a form that is inert.
  const line = make("p", "form-status");
  line.setAttribute("role", "status");
  line.tabIndex = -1;

  // The step that is shown, and those that lead back from it. While a reader changes an answer, or
  // mends what came back, `known` holds the questions that need not be gone through again.
  let current = start, path = [], known = null, shown, isWarned;

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
    failed.hidden = true;
    warn("");
    offerBack();
  };

  // With no step to go back to, it leads out of the form where the visit has a page before this
  // one: where the page's own way back, asked alone, is there.
  const offerBack = () => {
    back.hidden = !path.length;
    tellVisit();
    if (path.length || barBack.hidden) return;
    back.hidden = false;
    tellVisit();
  };

  // visit.js looks anew for a way back, and waits for the next back gesture.
  const tellVisit = () => dispatchEvent(new Event("step"));

  const warn = (text) => {
    isWarned = Boolean(text);
    line.textContent = text;
  };

  const isSeen = (element) => element.getClientRects().length;

  // To the first question of a step that is asked, or to the one that is given.
  const goTo = (step, question) => {
    show(step);
    const summary = main.querySelector(".error-summary");
    if (summary) summary.hidden = !hasFault(form);
    const isTop = step === start && !question;
    const heading = isTop ? main.querySelector("h1")
      : [...(question || step).querySelectorAll("h2")].find(isSeen);
    heading.tabIndex = -1;
    if (step !== start) heading.setAttribute("aria-describedby", progress.id);
    heading.focus({ preventScroll: true });
    (isTop ? heading : question || progress).scrollIntoView();
  };

  const checkAnswers = () => {
    known = null;
    path = steps.slice(0, -1).filter(isAsking);
    last.querySelector(".answers")?.remove();
    check.after(review(shown, words, (question) => {
      known = shown;
      path = [last];
      goTo(stepOf(question), question);
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
      failed.hidden = true;
      return hold(true);
    }
    event.preventDefault();
    event.stopPropagation();
    if (fault) tellOf(fault);
    else advance();
  };

  // While the report is on its way nothing but the way out leads anywhere, and every word stays as
  // it was sent.
  const hold = (isHeld) => {
    [form, document.querySelector(".site-header")].forEach((element) => { element.inert = isHeld; });
    line.textContent = isHeld ? words.sending : "";
    if (isHeld) line.focus({ preventScroll: true });
  };

  const onBack = () => {
    if (form.inert) return tellVisit();
    if (path.length) return goTo(path.pop());
    if (!isWarned && questions.some((question) => answered(question).length)) {
      warn(words.leaving);
      return tellVisit();
    }
    back.hidden = true;
    barBack.click();
    back.hidden = false; // if the page before does not come, it stays where it was
  };

  // The second press of a double one was not meant for a button that has come there since.
  const onClick = (event) => {
    if (!form.isConnected) return working.abort();
    if (event.detail < 2 || !event.target.closest("#report button, .visit-back")) return;
    event.preventDefault();
    event.stopPropagation();
  };

  // Words change no branch, and what is pressed next must not move away from under the finger.
  const onChange = ({ target }) => {
    warn("");
    clearOthers(target);
    if (/radio|checkbox/.test(target.type)) refresh();
    // Help that an answer calls for is seen at once. Of several answers the reader is still choosing.
    if (target.type === "radio") {
      [...target.closest(".question").querySelectorAll(".help")]
        .find(isSeen)?.scrollIntoView({ block: "nearest" });
    }
  };

  const onInput = ({ target }) => {
    warn("");
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
    hold(false);
    failed.hidden = false;
    failed.focus();
  };

  // --- Beginning, and giving up ---

  const whole = () => {
    working.abort();
    hold(false);
    [...steps, ...questions].forEach((element) => { element.hidden = false; });
    [progress, controls, check, line].forEach((element) => element.remove());
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
    form.after(line);
    controls.append(onward, back);
    last.prepend(check);
    listen(form, "submit", onSubmit);
    listen(document, "click", onClick, true);
    listen(form, "change", onChange);
    listen(form, "input", onInput);
    listen(main, "click", onLink);
    listen(main, "failed", onFailed);
    listen(back, "click", onBack);
    // In a page that is being loaded it is not known before what the visit has behind it.
    listen(self, "DOMContentLoaded", offerBack);
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
