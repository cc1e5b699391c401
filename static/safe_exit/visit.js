// One history entry for the whole visit: links and forms put their page in the place of the one
// that is there, and the address stays. What cannot be done so the browser does, still without
// a new entry. Without this script links are links.
(() => {
  "use strict";
  if (safeExit.isLeaving) return;
  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  const asIs = { createHTML: String, createScript: String };
  const trusted = self.trustedTypes?.createPolicy("safe-exit", asIs) || asIs;

  // --- The trail: the addresses of this visit, the present one last ---
  //
  // The entry keeps it, so that a reload shows the same page; in a form in which a search of the
  // browser's folder does not find it. To another document it goes in the window's name. The words
  // of static/display/ on how the visit looks come along, without a cookie.

  const kept = /trail:((?:[\w+/=]{4})+)$/.exec(safeExit.kept || self.name);
  const words = kept ? atob(kept[1]).split(" ") : [];
  const trail = words.filter((path) => path[0] === "/");
  const look = words.filter((word) => /^[a-z]/.test(word)).join(" ");
  if (look) root.dataset.display = look;
  if (!trail[0]) trail[0] = location.pathname;
  self.name = "";

  const here = () => trail[trail.length - 1];
  const absolute = (address) => new URL(address || "", location.origin + here()).href;
  const written = () => "trail:" + btoa(trail.join(" ") + " " + (root.dataset.display || ""));

  const step = (url, isBack) => {
    const path = new URL(url).pathname;
    if (isBack) trail.splice(-2);
    if (path !== here()) trail.push(path);
    keep();
  };

  const keep = () => {
    safeExit.mark(written());
    watch();
  };

  // A page that has steps of its own shows a button that goes back among them: it comes first.
  const ownBack = () => find("button[data-back]:not([hidden])");

  const watch = () => {
    const leads = ownBack() || trail[1];
    find(".visit-back").hidden = !leads;
    // Android's back gesture is a close request; it walks the trail too. One watcher at a time
    // needs no press of the reader's before it.
    watcher?.destroy();
    watcher = leads && self.CloseWatcher && new CloseWatcher();
    if (watcher) watcher.onclose = back;
  };

  const back = () => {
    const button = ownBack();
    if (button) button.click();
    else visit(location.origin + trail[trail.length - 2], {}, true);
  };

  // --- From an address to its page ---

  let present, early, failed, watcher;

  const load = async (url, options) => {
    const response = await fetch(url, { cache: "no-store", ...options });
    // The server's own fault takes nobody's words away.
    if (options?.body && response.status > 499) throw response;
    return [await response.text(), response.url];
  };

  const visit = async (url, options = {}, isBack) => {
    if (present?.body && options.body) return; // what is being sent is sent once
    if (!options.body && showsAddress(url)) return replace(url, isBack);
    present = options;
    const answer = early?.url === url && !options.body ? early.answer : load(url, options);
    early = null;
    const isWanted = () => present === options && !safeExit.isLeaving;
    setTimeout(() => { if (isWanted()) say("loading"); }, 200);
    let html, address;
    try {
      [html, address] = await answer;
      if (isWanted()) arrive(html, address, isBack);
    } catch (error) {
      // Typed words stay on the screen. Without an answer the page stays too, once: a browser's
      // error page has no way out. What is no page of this site is for the browser to show.
      if (isWanted()) {
        if (html && !options.body || failed === url && navigator.onLine) replace(url, isBack);
        else {
          say("failed");
          keep();
          failed = options.body || url;
          if (options.body) find("main").dispatchEvent(new Event("failed"));
        }
      }
    }
    delete root.dataset.visit;
    if (present === options) present = null;
  };

  const replace = (url, isBack) => {
    step(url, isBack);
    self.name = written();
    safeExit.replace(url);
  };

  const showsAddress = (url) => root.dataset.showsAddress.split(" ").includes(new URL(url).pathname);

  // --- Showing it, as a load does ---

  const arrive = (html, address, isBack) => {
    const page = new DOMParser().parseFromString(trusted.createHTML(html), "text/html");
    const left = here();
    // What is no page of this site has nothing to adopt, and fails here.
    find(".page").replaceWith(document.adoptNode(page.querySelector(".page")));
    // An answer may name the address that a reload shall show.
    const canonical = page.querySelector("link[rel=canonical]") || "";
    find("link[rel=canonical]")?.replaceWith(canonical);
    step(canonical.href || address, isBack);
    // The parser's scripts never run; the policy allows the same text in an element made here.
    document.querySelectorAll(".page script").forEach((script) => {
      const own = document.createElement("script");
      own.textContent = trusted.createScript(script.text);
      script.replaceWith(own);
    });
    // At the top; after Back, at the link that had led away.
    const link = isBack && [...document.links].find((a) => a.closest("main") && a.pathname === left);
    if (link?.closest("details")) link.closest("details").open = 1;
    scrollTo(0, 0);
    focusOn(find("main [autofocus]") || link || find("h1"));
    say("title", page.title);
    dispatchEvent(new Event("arrive"));
  };

  const focusOn = (target) => {
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus();
  };

  // The line for eyes and screen readers; the template has its words.
  const say = (what, title) => {
    const line = find(".visit-status");
    line.dataset.is = what;
    line.textContent = title || line.dataset[what];
    if (title) setTimeout(() => { if (line.dataset.is === what) line.textContent = ""; }, 1000);
  };

  // --- What the reader does ---

  // The address on this site to which a press leads; none where the browser does as always.
  const goal = (event) => {
    const link = event.target.closest("a[href]:not([target], [download], [rel~=nofollow])");
    if (!link || link.origin !== location.origin || event.button) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    return absolute(link.getAttribute("href"));
  };

  addEventListener("pointerdown", (event) => {
    const url = goal(event);
    if (!url || url.includes("#") || showsAddress(url)) return;
    early = { url, answer: load(url) };
    early.answer.catch(() => { /* the click meets the same */ });
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
    if (form.method !== "post") return;
    event.preventDefault();
    visit(absolute(form.getAttribute("action")), {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      // A phone that has lost its network would wait for the answer without end.
      signal: AbortSignal.timeout?.(3e4),
    });
  });

  // After a reload the server has sent the page of the address; the one that was read comes back.
  const isOther = here() !== location.pathname;
  if (isOther) root.dataset.visit = "returning";
  addEventListener("DOMContentLoaded", () => {
    // Chromium writes the title into its session's file, so it names the site alone.
    document.title = document.title.split(" | ").pop();
    find(".visit-back").onclick = back;
    addEventListener("display", keep);
    addEventListener("step", watch);
    keep();
    if (isOther) visit(absolute());
  });
})();
