// "Practise leaving": hides this page as leaving does, and brings it back. The real control and
// the real key are never switched off, so that who has to leave during the practice leaves.
(() => {
  "use strict";
  addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button.practice");
    if (!button) return;
    safeExit.cover();
    setTimeout(() => {
      safeExit.uncover();
      const line = button.nextElementSibling;
      line.textContent = line.dataset.done;
    }, 3000);
  });
})();
