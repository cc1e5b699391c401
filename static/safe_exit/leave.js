// Leaving: Escape or *Leave this site* hides the page, then goes to the destination.
// It stands first in <head>, in an element of its own: it works from the first bytes, and when
// every other script has failed. docs/safe-exit.md gives the measurement behind each line.
const safeExit = (() => {
  "use strict";
  const root = document.documentElement;
  const destination = root.dataset.leave;
  const prefix = root.dataset.cookies; // of the cookies' names, over https
  const veil = document.createElement("div");
  let isLeaving = false, isReplacing = false, isStaying = false, hasForgotten = false, own;

  // --- Hiding ---

  // The overlay hangs on <html>, since the body may not be there yet. It is a popover, so that it
  // lies over dialogs. Nothing gets display:none: Firefox would then deliver no more keys, and
  // on large pages it takes several frames.
  veil.style.cssText = "display:block;position:fixed;top:0;left:0;width:100%;height:100%;margin:0;padding:0;border:0;z-index:999;background:#fff;background:Canvas";
  veil.popover = "manual";

  const cover = () => {
    root.append(veil);
    try { veil.showPopover(); } catch (error) { /* an old browser, or shown already */ }
    disguise();
  };

  const uncover = () => {
    if (isLeaving || !own) return;
    veil.remove();
    dress(...own);
    own = null;
  };

  // The history keeps the last title; the destination's name says nothing of this site.
  const disguise = () => {
    const before = dress(destination.split("/")[2].replace("www.", ""), "data:,");
    own = own || before;
  };

  // Sets the tab's title and icon, and returns those that it had.
  const dress = (title, icon) => {
    const link = document.querySelector("link[rel=icon]") || {};
    const before = [document.title, link.href];
    document.title = title;
    link.href = icon;
    return before;
  };

  // --- Going ---

  const go = () => location.replace(destination);

  const leave = (isTold) => {
    cover();
    if (isLeaving) return;
    isLeaving = true;
    mark("left");
    go();
    // Should anything have stopped that: ask again once, then at least leave the address.
    setTimeout(go, 1000);
    setTimeout(() => location.replace("about:blank"), 2000);
    if (!isTold) tabs.postMessage("leave");
    // An answer that came later could set a cookie again.
    dispatchEvent(new Event("leaving"));
    // What takes long comes after the frame that hides the page.
    setTimeout(forget);
    // A screen reader stops too, and a phone puts its keyboard away.
    setTimeout(() => { (document.querySelector(".page") || {}).inert = true; }, 99);
  };

  // Nothing stays in cookies, storage and cache. Cookies and storage are cleared here, since there
  // may be no network; the cache by a header, which would take the guard too where there is one.
  const forget = () => {
    if (hasForgotten) return;
    hasForgotten = true;
    const sign = read();
    const isGuarded = remains || sign && sign !== key;
    document.cookie.split("; ").forEach((pair) => write(pair.split("=")[0], "", 0));
    write(prefix.replace("Host", "Secure") + "visit", "", 0, "/visits/");
    if (isGuarded) write(guard, 0, 900);
    try { localStorage.clear(); sessionStorage.clear(); } catch (error) { /* blocked: empty */ }
    navigator.sendBeacon("/leave/" + (isGuarded ? "?guarded" : ""));
  };

  // --- The guard: an entry of this site that stays in the tab's history shows nothing ---
  //
  // It is the cookie "k", for 15 minutes at most. A page that is gone from without leaving (to a
  // typed address, by an outside link) signs with its entry's key, or with 1 where it knows of
  // other entries. A page that finds another's sign knows that an entry remains, and takes the
  // cookie away. Leaving then sets it to 0, and while that stands a page that Back or Forward
  // brings leaves at once.

  const guard = prefix + "k";
  const write = (name, value, seconds, path = "/") => {
    document.cookie = name + "=" + value + ";path=" + path + ";max-age=" + seconds +
      ";samesite=lax" + (prefix && ";secure");
  };
  const read = () => (RegExp("(?:^|; )" + guard + "=([^;]+)").exec(document.cookie) || [])[1];

  // What this page's entry keeps: the trail of visit.js, or that it was left. Should the reader go
  // Back before the destination comes, Forward finds that here. replaceState counts as one more
  // visit in Chromium's history.
  const entry = self.navigation && navigation.currentEntry;
  const kept = entry ? entry.getState() : history.state;
  const mark = (state) => entry ? navigation.updateCurrentEntry({ state })
    : history.replaceState(key + " " + state, "");

  // Where the browser tells no key, one that is made here is kept with the entry.
  const key = entry ? entry.key : (kept || Math.random() + "").split(" ")[0];
  let remains = false; // whether another entry of this site is in a tab's history

  const warn = () => {
    remains = true;
    tabs.postMessage("remains");
  };

  const arrive = (isReturn) => {
    const sign = read();
    if (!sign) return;
    if (sign === "0" && isReturn) return leave(true);
    if (sign !== key) warn();
    write(guard, "", 0);
  };

  // Firefox lost this cookie in 9 of 16 tries when it was set on pagehide; a phone's WebKit knows
  // no beforeunload. Nothing is asked there, so it holds nobody up.
  const sign = () => {
    if (!isLeaving && (remains || !isReplacing)) write(guard, remains ? 1 : key, 900);
  };
  addEventListener("beforeunload", () => { if (!isStaying) sign(); });

  addEventListener("pagehide", () => {
    if (isLeaving) return forget();
    // What the browser keeps for Back has to be covered before it is kept.
    cover();
    sign();
  });

  addEventListener("pageshow", (event) => {
    if (isLeaving) return go();
    if (!event.persisted) return;
    arrive(true);
    uncover();
  });

  // A hash that is typed behind the address makes an entry too.
  addEventListener("hashchange", warn);

  // --- What the reader does ---

  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  addEventListener("keydown", (event) => {
    // While an input method composes (key code 229) Escape is meant for it.
    if (event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    stop(event); // or the browser's own Escape stops the navigation, at every later press too
    leave();
  }, true);

  // A tap on the cover leaves too: the practice has it over the control.
  addEventListener("click", (event) => {
    // A call or a message does not go from the page, though the browser says so beforehand.
    isStaying = /^(tel|sms|mailto):/.test((event.target.closest("a") || {}).href);
    if (event.target !== veil && !event.target.closest(".leave-control")) return;
    stop(event);
    leave();
  }, true);

  // --- The tabs of this site: they leave together, and know together of entries that remain ---

  const tabs = self.BroadcastChannel ? new BroadcastChannel("leave") : { postMessage() {} };
  tabs.onmessage = ({ data }) => {
    if (data === "leave") leave(true);
    else if (data === "remains") remains = true;
    else if (remains) warn();
  };
  tabs.postMessage("?");

  if (/left$/.test(kept)) leave(true);
  arrive((performance.getEntriesByType("navigation")[0] || 0).type === "back_forward");

  return {
    kept,
    mark,
    cover,
    uncover,
    get isLeaving() { return isLeaving; },
    // Puts another page of this site in this one's place, so that no entry is added.
    replace(url) {
      isReplacing = true;
      disguise();
      location.replace(url);
    },
  };
})();
