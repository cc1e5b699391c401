// "Change how this site looks": text size, colours, movement, reading view. The choice is words on
// <html> (data-display), which display.css heeds; visit.js keeps them for the visit. They are
// remembered beyond it, in the cookie "display", only with a yes to preference cookies. It stands
// in the head, so that what is remembered is there before the first paint.
(() => {
  "use strict";
  const root = document.documentElement;
  const panelOf = (event) => event.target.closest(".display");
  const mayRemember = () => {
    try { return siteConsent.allows("preferences"); } catch (error) { return false; /* it failed */ }
  };

  // The words of the visit, else the cookie's; as written here: known, one of a kind, in the panel's
  // order. Anything else says nothing, and does not get into a cookie either.
  const KNOWN = /^(\.as-is|(?=.)(\.larger?)?(\.(dark|light))?(\.calm)?(\.plain)?)$/;
  const kept = root.dataset.display || mayRemember() && siteConsent.read("display") || "";
  const words = kept.replace(/ /g, ".");
  if (KNOWN.test("." + words)) root.dataset.display = words.replace(/\./g, " ");
  else delete root.dataset.display;

  const remember = () => {
    const chosen = root.dataset.display;
    if (chosen && mayRemember() && !safeExit.isLeaving) siteConsent.write("display", chosen.replace(/ /g, "."), 15552000);
  };

  // The words below the choices: how long they last, and what would make them last longer.
  const tell = (panel) => {
    const [line, hint] = panel.querySelectorAll("p");
    const isRemembered = mayRemember();
    line.textContent = root.dataset.display ? line.dataset[isRemembered ? "remembered" : "visit"] : "";
    hint.hidden = isRemembered;
  };

  // Each page has its own panel, with nothing marked: it is marked when the reader opens it.
  addEventListener("toggle", (event) => {
    const panel = panelOf(event);
    if (!panel) return;
    const chosen = (root.dataset.display || "").split(" ");
    // The first of each kind is the default, and stays marked unless a later one is.
    for (const radio of panel.querySelectorAll("input")) {
      radio.checked = !radio.value || chosen.includes(radio.value);
    }
    tell(panel);
  }, true);

  addEventListener("change", (event) => {
    const panel = panelOf(event);
    if (!panel) return;
    const top = event.target.getBoundingClientRect().top;
    const marked = [...panel.querySelectorAll(":checked")].map((radio) => radio.value);
    root.dataset.display = marked.filter(Boolean).join(" ") || "as-is";
    // The whole page above has grown or shrunk: what is under the finger stays there.
    scrollBy(0, event.target.getBoundingClientRect().top - top);
    dispatchEvent(new Event("display"));
    remember();
    tell(panel);
  });

  addEventListener("consent", () => {
    remember();
    document.querySelectorAll(".display").forEach(tell);
  });
})();
