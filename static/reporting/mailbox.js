// Says which button was pressed, and, beside the words that stay, what to do where sending failed.
(() => {
  "use strict";
  const main = document.querySelector("main");
  // The browser sends the name of the button; a script that sends the form does not.
  main.addEventListener("click", ({ target }) => {
    const button = target.closest("button[name]");
    if (button) [...button.form.elements].find((it) => it.name === button.name).value = button.value;
  });
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
