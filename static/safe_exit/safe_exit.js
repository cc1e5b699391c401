// Leaves the site on Escape or on the control, without leaving this page in the history.
// It stands first in <head>, so that it works from the first bytes of the page.
(function () {
  "use strict";
  var root = document.documentElement;
  var leaving = false;

  function cover() {
    var veil = document.createElement("div");
    // An overlay on <html>: the body may not be there yet, and hiding the root would make
    // Firefox deliver no more keys.
    veil.style.cssText = "position:fixed;inset:0;z-index:2147483647;background:#fff";
    root.appendChild(veil);
    document.title = "";
  }

  function leave() {
    if (leaving) return;
    leaving = true;
    cover();
    location.replace(root.dataset.leave);
  }

  window.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.isComposing) return;
    // The browser's own Escape stops the page that is loading: the destination.
    event.preventDefault();
    event.stopImmediatePropagation();
    leave();
  }, true);

  document.addEventListener("click", function (event) {
    if (!event.target.closest || !event.target.closest(".leave-control")) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave();
  });
})();
