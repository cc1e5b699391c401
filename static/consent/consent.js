// The reader's choice about cookies: asks where there is none, and saves an answer without leaving
// the page. It stands in <head>, so that the question is there, or not, before the page is drawn.
// Without it the question stays hidden, and the form on /cookies/ does the same by itself.
const siteConsent = (() => {
  "use strict";
  const root = document.documentElement;
  const prefix = root.dataset.cookies; // of our cookies' names; over https there is one
  const asked = root.dataset.asked.split("~").map((one) => one.split("."));
  const hasPrivacySignal = navigator.globalPrivacyControl === true;

  // --- The cookie ---

  const read = (name) => {
    const begin = prefix + name + "=";
    const pair = document.cookie.split("; ").find((one) => one.startsWith(begin));
    return pair && pair.slice(begin.length);
  };

  const write = (name, value, seconds) => {
    document.cookie = prefix + name + "=" + value + ";path=/;max-age=" + seconds +
      ";samesite=lax" + (prefix && ";secure");
  };

  // As strict as the server (consent/choice.py): a cookie that cannot be ours says nothing.
  const states = () => {
    const found = {}, value = read("consent") || "";
    if (value.length > 100) return {};
    for (const part of value.split("~")) {
      const [, name, version, state] = /^([a-z]+)\.(\d+)\.(accepted|declined)$/.exec(part) || [];
      const question = asked.find(([one]) => one === name);
      if (!question || found[name]) return {};
      found[name] = version === question[1] ? state : "undecided";
    }
    return found;
  };

  const choice = () => hasPrivacySignal ? { ...states(), analytics: "declined" } : states();

  // --- The question ---

  const show = () => {
    const now = choice();
    root.toggleAttribute("data-asks", asked.some(([name]) => !/^[ad]/.test(now[name])));
    document.querySelectorAll(".cookie-settings input").forEach((radio) => {
      radio.checked = radio.value === now[radio.name];
    });
    const line = document.querySelector(".privacy-signal");
    if (line) line.hidden = !hasPrivacySignal;
  };

  // --- An answer ---

  let request;

  const save = async (form, answer) => {
    request?.abort(); // the last press wins
    const mine = request = new AbortController();
    tell("choosing");
    const patience = setTimeout(() => mine.abort(), 10000);
    let said = "failed";
    try {
      const { type } = await fetch(form.action, {
        method: "POST", body: new URLSearchParams(answer), redirect: "manual", signal: mine.signal,
      });
      if (type === "opaqueredirect" && isKept(answer)) said = answer.get("all") || "saved";
    } catch (error) { /* said below */ }
    clearTimeout(patience);
    if (mine !== request || safeExit.isLeaving) return;
    request = null;
    say(form, said);
    if (said !== "failed") tell("consent");
  };

  // Whether the browser has kept what was sent: it may refuse cookies. The server may have declined
  // counting by a privacy signal.
  const isKept = (answer) => {
    const now = choice();
    return asked.every(([name]) => now[name] === (answer.get("all") || answer.get(name)) ||
      name === "analytics" && now[name] === "declined");
  };

  const say = (form, said) => {
    // What is said is shorter than the question, and takes the same room: nothing below it moves.
    form.style.minHeight = form.getBoundingClientRect().height + "px";
    form.dataset.is = said;
    form.querySelectorAll("[data-said]").forEach((line) => { line.hidden = line.dataset.said !== said; });
    if (said !== "failed") form.querySelector(".cookie-said").focus();
  };

  addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-consent]")) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // in-site navigation would take the reader to another page
    const answer = new FormData(form), button = event.submitter;
    if (button && button.name) answer.append(button.name, button.value);
    save(form, answer);
  }, true);

  // --- Those who hear of it: the other scripts, and the other tabs ---

  const tabs = self.BroadcastChannel ? new BroadcastChannel("consent") : { postMessage() {} };
  const tell = (what) => {
    tabs.postMessage(what);
    dispatchEvent(new Event(what));
  };
  tabs.onmessage = ({ data }) => dispatchEvent(new Event(data));

  addEventListener("leaving", () => request?.abort());
  for (const moment of ["consent", "arrive", "pageshow", "DOMContentLoaded"]) addEventListener(moment, show);
  show();

  return { read, write, allows: (name) => choice()[name] === "accepted" };
})();
