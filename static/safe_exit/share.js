// "Share this page": by the system's share sheet where there is one, else by copying the true
// address; where that is refused, the address is shown to be copied by hand.
(() => {
  "use strict";
  addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button[data-share]");
    if (!button) return;
    const url = button.dataset.share, line = button.nextElementSibling;
    const byHand = () => { line.textContent = line.dataset.byHand + " " + url; };
    if (navigator.share) {
      // The address alone: a title in the message would say why it is sent.
      navigator.share({ url }).catch((error) => { if (error.name !== "AbortError") byHand(); });
    } else if (navigator.clipboard) {
      navigator.clipboard.writeText(url).then(() => { line.textContent = line.dataset.copied; }, byHand);
    } else byHand();
  });
})();
