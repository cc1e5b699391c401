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
      if (mine.signal.aborted || !siteConsent.allows("analytics")) return;
      const patience = setTimeout(() => mine.abort(), 10000);
      try {
        await fetch("/visits/", {
          method: "POST", body: new URLSearchParams(what), signal: mine.signal,
        });
        counted = what.page;
      } catch (error) { /* not counted */ }
      clearTimeout(patience);
      if (mine === requests && mine.signal.aborted) requests = new AbortController();
    });
  };

  const stop = () => {
    requests.abort();
    requests = new AbortController();
  };

  const shown = () => (document.querySelector("[data-counted]") || {}).dataset?.counted;

  // A page that comes back after a reload, or by Back, was counted when it came first.
  const count = () => {
    const page = shown();
    if (page && document.documentElement.dataset.visit !== "returning") tell({ page });
  };

  addEventListener("click", (event) => {
    const page = shown();
    if (page && event.target.closest('a[href^="/report/"]')) tell({ page, goes_to_report: 1 });
  });
  addEventListener("arrive", () => {
    counted = null;
    count();
  });
  addEventListener("consent", () => { if (counted !== shown()) count(); });
  addEventListener("leaving", stop);
  addEventListener("choosing", stop);
  if ((performance.getEntriesByType("navigation")[0] || {}).type === "navigate") count();
})();
