// Leaving: Escape or *Leave this site* hides the page, then goes to the destination.
// It stands first in <head>, in an element of its own: it works from the first bytes, and when
// every other script has failed. docs/safe-exit.md gives the measurement behind each line.
const safeExit = (() => {
  "use strict";
  const root = document.documentElement;
  const destination = root.dataset.leave;
  const veil = document.createElement("div");
  let isLeaving = false, isReplacing = false, title, icon;

  // --- Hiding ---

  // The overlay hangs on <html>, since the body may not be there yet. It is a popover, so that it
  // lies over dialogs. Nothing gets display:none: Firefox would then deliver no more keys, and
  // on large pages it takes several frames.
  veil.style.cssText = "display:block;position:fixed;top:0;left:0;width:100%;height:100%;margin:0;padding:0;border:0;z-index:2147483647;background:#fff;background:Canvas";
  veil.popover = "manual";

  const cover = () => {
    root.append(veil);
    try { veil.showPopover(); } catch (error) { /* an old browser, or shown already */ }
    if (title === undefined) title = document.title;
    // The history keeps the last title; the destination's name says nothing of this site.
    document.title = destination.split("/")[2].replace("www.", "");
    setIcon("data:,");
  };

  const uncover = () => {
    if (isLeaving) return;
    veil.remove();
    document.title = title;
    title = undefined;
    setIcon(icon);
  };

  const setIcon = (href) => {
    const link = document.querySelector("link[rel=icon]");
    if (!link) return;
    icon = icon || link.href;
    link.href = href;
  };

  // --- Going ---

  const go = () => location.replace(destination);

  const leave = () => {
    cover();
    if (isLeaving) return;
    isLeaving = true;
    go();
    // Should anything have stopped that: ask again once, then at least leave the address.
    setTimeout(go, 1000);
    setTimeout(() => location.replace("about:blank"), 2000);
    if (tabs) tabs.postMessage("");
    forget();
    // A screen reader stops too, and a phone puts its keyboard away.
    const page = document.querySelector(".page");
    if (page) page.inert = true;
  };

  // Nothing stays in cookies, storage and cache. The header that clears the first two would take
  // the guard with them, so where there is one they are cleared here.
  const forget = () => {
    const isGuarded = remains || read();
    if (isGuarded) {
      document.cookie.split("; ").forEach((pair) => write(pair.split("=")[0], "", 0));
      write("k", 0, 900);
      try { localStorage.clear(); sessionStorage.clear(); } catch (error) { /* blocked: empty */ }
    }
    navigator.sendBeacon("/leave/" + (isGuarded ? "?guarded" : ""));
  };

  // --- The guard: an entry of this site that stays in the tab's history shows nothing ---
  //
  // It is the cookie "k", for 15 minutes at most. A page that is gone from without leaving (to a
  // typed address, by an outside link) signs with its entry's key. A page that finds another's
  // key knows that such an entry remains, and takes the cookie away. Leaving then sets it to 0,
  // and while that stands a page that Back or Forward brings leaves at once.

  const write = (name, value, seconds) => {
    document.cookie = name + "=" + value + ";path=/;max-age=" + seconds + ";samesite=strict" +
      (location.protocol === "https:" ? ";secure" : "");
  };
  const read = () => (/(?:^|; )k=([^;]+)/.exec(document.cookie) || [])[1];

  const arrival = (performance.getEntriesByType("navigation")[0] || {}).type;
  // Where the browser tells no key, a reload takes the key that it finds for its own.
  const key = self.navigation && navigation.currentEntry ? navigation.currentEntry.key
    : arrival === "reload" ? (read() || "").replace("!", "") : String(Math.random());
  let remains = false; // whether another entry of this site is in the history

  const arrive = (isReturn) => {
    const mark = read();
    if (!mark) return;
    if (mark === "0" && isReturn) return leave();
    if (mark !== key) remains = true;
    write("k", "", 0);
  };

  addEventListener("pagehide", () => {
    if (isLeaving) return;
    // What the browser keeps for Back has to be covered before it is kept.
    cover();
    if (remains || !isReplacing) write("k", key + (remains ? "!" : ""), 900);
  });

  addEventListener("pageshow", (event) => {
    if (isLeaving) return go();
    if (!event.persisted) return;
    isReplacing = false;
    arrive(true);
    uncover();
  });

  // A hash that is typed behind the address makes an entry too.
  addEventListener("hashchange", () => { remains = true; });

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

  addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest(".leave-control")) return;
    stop(event);
    leave();
  }, true);

  const tabs = self.BroadcastChannel && new BroadcastChannel("leave");
  if (tabs) tabs.onmessage = leave;

  arrive(arrival === "back_forward");

  return {
    cover,
    uncover,
    get isLeaving() { return isLeaving; },
    // Puts another page of this site in this one's place, so that no entry is added.
    replace(url) {
      isReplacing = true;
      cover();
      location.replace(url);
    },
  };
})();
