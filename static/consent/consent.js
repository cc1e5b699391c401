// The reader's choice about cookies: asks where there is none, and saves an answer without leaving
// the page. It stands in <head>, so that the question is there, or not, before the page is drawn.
// Without it the question stays hidden, and the form on /cookies/ does the same by itself.
const siteConsent = (() => {
  "use strict";
  const root = document.documentElement;
  const prefix = root.dataset.cookies; // of our cookies' names; over https there is one
  const asked = root.dataset.asked.split("~").map((one) => one.split("."));
  const hasPrivacySignal = navigator.globalPrivacyControl === true;
  root.toggleAttribute("data-privacy-signal", hasPrivacySignal);

  // --- The cookie ---

  const read = (name) => {
    const begin = prefix + name + "=";
    const pair = document.cookie.split("; ").find((one) => one.startsWith(begin));
    return pair && pair.slice(begin.length);
  };

  const write = (name, value, seconds, path = "/") => {
    // The prefix that allows no path of its own gives way to the one that does.
    const begin = path === "/" ? prefix : prefix.replace("Host", "Secure");
    document.cookie = begin + name + "=" + value + ";path=" + path + ";max-age=" + seconds +
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

  const banner = () => document.querySelector(".cookie-banner");

  // What is not allowed goes, also where no server hears of it: a front cache may answer.
  const show = () => {
    const now = choice();
    root.toggleAttribute("data-asks", asked.some(([name]) => !/^[ad]/.test(now[name])));
    if (now.preferences !== "accepted") write("display", "", 0);
    if (now.analytics !== "accepted") write("visit", "", 0, "/visits/");
  };

  const mark = () => {
    const now = choice();
    document.querySelectorAll(".cookie-settings input").forEach((radio) => {
      radio.checked = radio.value === now[radio.name];
    });
  };

  // --- An answer ---

  let request;

  const giveUp = () => {
    request?.abort();
    request = null;
  };

  const save = async (form, answer) => {
    tell("choosing"); // the last press wins
    const mine = request = new AbortController();
    say(form, "");
    const slow = setTimeout(() => say(form, "saving"), 500);
    const patience = setTimeout(() => mine.abort(), 10000);
    let said = navigator.cookieEnabled ? "failed" : "refused";
    try {
      const { type } = await fetch(form.action, {
        method: "POST", body: new URLSearchParams(answer), redirect: "manual", signal: mine.signal,
      });
      if (type === "opaqueredirect" && isKept(answer)) said = answer.get("all") || "saved";
    } catch (error) { /* said below */ }
    clearTimeout(slow);
    clearTimeout(patience);
    if (mine !== request) return say(form, "");
    request = null;
    // The reader may be on another page by now, which has a question of its own.
    say(form.isConnected ? form : banner(), said);
    if (/^[ads]/.test(said)) tell("consent");
  };

  // Whether the browser has kept what was sent. The server may have declined counting by a privacy
  // signal, and may know of a purpose's next version already.
  const isKept = (answer) => asked.every(([name]) => {
    const wanted = answer.get("all") || answer.get(name);
    const state = name === "analytics" ? `(${wanted}|declined)` : wanted;
    return RegExp(`\\b${name}\\.\\d+\\.${state}\\b`).test(read("consent"));
  });

  const say = (form, said) => {
    const hasFocus = form.contains(document.activeElement) || document.activeElement === document.body;
    // What is said is shorter than the question, and takes the same room: nothing below it moves.
    form.style.minHeight = form.getBoundingClientRect().height + "px";
    form.dataset.is = said;
    form.querySelectorAll("[data-said]").forEach((line) => { line.hidden = line.dataset.said !== said; });
    // The button that had the focus is gone; a reader who is somewhere else by now stays there.
    if (/^[adr]/.test(said) && hasFocus) form.querySelector(".cookie-said").focus();
  };

  addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-consent]")) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // in-site navigation would take the reader to another page
    if (safeExit.isLeaving) return;
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
  tabs.onmessage = ({ data }) => {
    // What was said here may no longer be so.
    if (data === "consent") document.querySelectorAll("[data-consent]").forEach((form) => say(form, ""));
    dispatchEvent(new Event(data));
  };

  for (const moment of ["choosing", "leaving"]) addEventListener(moment, giveUp);
  for (const moment of ["consent", "pageshow"]) addEventListener(moment, show);
  // Not after an answer: a form shows what its own reader has pressed.
  for (const moment of ["arrive", "DOMContentLoaded"]) addEventListener(moment, mark);
  show();

  return { read, write, allows: (name) => choice()[name] === "accepted" };
})();
