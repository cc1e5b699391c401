// Says beside the words that stay what to do where sending has failed.
(() => {
  "use strict";
  const main = document.querySelector("main");
  const told = main.querySelector(".send-failed");
  if (!told) return;
  let form;
  main.addEventListener("submit", (event) => { form = event.target; });
  main.addEventListener("failed", () => {
    // The line over the page would say the same once more, and lie over the words.
    document.querySelector(".visit-status").textContent = "";
    told.hidden = false;
    told.focus();
  });
  told.querySelector("button").onclick = () => {
    told.hidden = true;
    form.requestSubmit();
  };
})();
