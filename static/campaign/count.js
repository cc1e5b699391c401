// Counts which pages are read, for readers who said yes to that. Pages that are not marked, such
// as those for reporting, are never told of; only that a press on another page led there.
(() => {
  "use strict";
  let queue = Promise.resolve(), requests = new AbortController(), counted;

  // One after another, so that the first answer has brought the visit's cookie before the second
  // is asked. None outlives the page or the consent: a late answer could set the cookie again.
  const tell = (what) => {
    const mine = requests;
    queue = queue.then(async () => {
      if (mine.signal.aborted) return;
      const patience = setTimeout(() => mine.abort(), 10000);
      try {
        await fetch("/visits/", {
          method: "POST", body: new URLSearchParams(what), signal: mine.signal,
        });
      } catch (error) { /* not counted */ }
      clearTimeout(patience);
      if (mine === requests && mine.signal.aborted) requests = new AbortController();
    });
  };

  const stop = () => {
    requests.abort();
    requests = new AbortController();
  };

  const mayCount = () => siteConsent.allows("analytics") && !safeExit.isLeaving;
  const shown = () => document.querySelector("[data-counted]")?.dataset.counted;
  const isReturning = () => document.documentElement.dataset.visit === "returning";

  const count = () => {
    const page = shown();
    if (!page || page === counted || !mayCount()) return;
    counted = page;
    tell({ page });
  };

  // What a reload or the browser's own Back brings was counted when it came first.
  const countNoMore = () => { counted = mayCount() && shown(); };

  addEventListener("click", (event) => {
    const page = shown();
    if (page && mayCount() && event.target.closest('a[href^="/report/"]')) tell({ page, goes_to_report: 1 });
  });
  addEventListener("arrive", () => {
    counted = null;
    if (isReturning()) countNoMore();
    count();
  });
  // Of several tabs, the one that is looked at begins the visit.
  addEventListener("consent", () => { if (!document.hidden) count(); });
  addEventListener("leaving", stop);
  addEventListener("choosing", stop);
  const { type } = performance.getEntriesByType("navigation")[0] || {};
  if (type !== "navigate" || isReturning()) countNoMore();
  // One that is made ready in advance may never be looked at.
  else if (document.prerendering) document.addEventListener("prerenderingchange", count);
  else count();
})();
