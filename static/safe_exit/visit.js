// One history entry for the whole visit: links and forms put their page in the place of the one
// that is there, and the address stays. What cannot be done so the browser does, still without
// a new entry. Without this script links are links.
(() => {
  "use strict";
  if (safeExit.isLeaving) return;
  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  const policy = { createHTML: (html) => html };
  const trusted = self.trustedTypes ? trustedTypes.createPolicy("safe-exit", policy) : policy;

  // --- The trail: the addresses of this visit, the present one last ---
  //
  // The entry keeps it, so that a reload shows the same page; in a form in which a search of the
  // browser's folder does not find it. To another document it goes in the window's name.

  const entry = self.navigation && navigation.currentEntry;
  const kept = /^trail:(\S+)$/.exec(entry && entry.getState() || history.state || self.name);
  const trail = kept ? atob(kept[1]).split(" ").filter((path) => /^\/(?!\/)/.test(path)) : [];
  self.name = "";
  if (!trail[0]) trail[0] = location.pathname;
  const here = () => trail[trail.length - 1];
  const absolute = (address) => new URL(address || "", location.origin + here()).href;
  const written = () => "trail:" + btoa(trail.join(" "));

  const step = (url, isBack) => {
    const path = new URL(url).pathname;
    if (isBack) trail.splice(-2);
    if (path !== here()) {
      trail.push(path);
      if (!isBack) watch();
    }
    keep();
  };

  const keep = () => {
    // replaceState counts as one more visit in Chromium's history.
    if (entry) navigation.updateCurrentEntry({ state: written() });
    else history.replaceState(written(), "");
    find(".visit-back").hidden = !trail[1];
  };

  // Android's back gesture is a close request; it walks the trail too.
  const watchers = [];
  const watch = () => {
    if (!self.CloseWatcher) return;
    const watcher = new CloseWatcher();
    watcher.onclose = back;
    watchers.push(watcher);
  };

  const back = () => {
    const watcher = watchers.pop();
    if (watcher) watcher.destroy();
    visit(location.origin + trail[trail.length - 2], {}, true);
  };

  // --- From an address to its page ---

  let present, early;

  const load = (url, options) => fetch(url, { cache: "no-store", ...options })
    .then((response) => response.text().then((html) => ({ html, url: response.url })));

  const visit = (url, options = {}, isBack) => {
    if (present && present.body) return; // what is being sent is sent once
    if (!options.body && showsAddress(url)) return replace(url, isBack);
    present = options;
    const answer = early && early.url === url && !options.body ? early.answer : load(url, options);
    early = null;
    const slow = setTimeout(say, 200, "loading");
    const mine = () => present === options && !safeExit.isLeaving;
    answer.then((got) => mine() && arrive(got, isBack)).catch(() => {
      if (!mine()) return;
      // Typed words stay on the screen; and without a network there is nothing to go to.
      if (options.body || navigator.onLine === false) say("failed");
      else replace(url, isBack);
    }).then(() => {
      clearTimeout(slow);
      if (present === options) present = null;
      delete root.dataset.visit;
    });
  };

  const replace = (url, isBack) => {
    step(url, isBack);
    self.name = written();
    safeExit.replace(url);
  };

  const showsAddress = (url) => root.dataset.showsAddress.split(" ").includes(new URL(url).pathname);

  // --- Showing it, as a load does ---

  const arrive = (got, isBack) => {
    const page = new DOMParser().parseFromString(trusted.createHTML(got.html), "text/html");
    const fresh = page.querySelector(".page"), left = here();
    if (!fresh) throw new Error("not a page of this site");
    find(".page").replaceWith(fresh);
    document.title = page.title;
    const canonical = find("link[rel=canonical]"), its = page.querySelector("link[rel=canonical]");
    if (canonical && its) canonical.href = its.href;
    step(got.url, isBack);
    // At the top; after Back, at the link that had led away.
    const link = isBack && [...find("main").querySelectorAll("a")].find((a) => a.pathname === left);
    scrollTo(0, 0);
    focusOn(find("main [autofocus]") || link || find("h1"));
    say("title");
  };

  const focusOn = (target) => {
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus();
  };

  // The line for eyes and screen readers; the template has its words.
  const say = (what) => {
    const line = find(".visit-status");
    line.dataset.is = what;
    line.textContent = what === "title" ? document.title : line.dataset[what];
    if (what === "title") setTimeout(() => { if (line.dataset.is === what) line.textContent = ""; }, 1000);
  };

  // --- What the reader does ---

  // The address on this site to which a press leads; none where the browser does as always.
  const goal = (event) => {
    const link = event.target.closest && event.target.closest("a[href]:not([target], [download], .leave-control)");
    if (!link || link.origin !== location.origin || event.defaultPrevented || event.button) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    return absolute(link.getAttribute("href"));
  };

  addEventListener("pointerdown", (event) => {
    const url = goal(event);
    if (!url || url.includes("#") || showsAddress(url)) return;
    early = { url, answer: load(url) };
    early.answer.catch(() => { /* the click asks again */ });
  });

  addEventListener("click", (event) => {
    const url = goal(event);
    if (!url) return;
    event.preventDefault();
    const [page, id] = url.split("#");
    // A hash in the address would be an entry more: the place is gone to without one.
    if (id && page === absolute()) focusOn(document.getElementById(id) || find("main"));
    else visit(page);
  });

  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    event.preventDefault();
    visit(absolute(form.getAttribute("action")), { method: "POST", body: new URLSearchParams(new FormData(form)) });
  });

  // After a reload the server has sent the page of the address; the one that was read comes back.
  const isOther = here() !== location.pathname;
  if (isOther) root.dataset.visit = "returning";
  addEventListener("DOMContentLoaded", () => {
    find(".visit-back").onclick = back;
    keep();
    if (trail[1]) watch();
    if (isOther) visit(absolute());
  });
})();
