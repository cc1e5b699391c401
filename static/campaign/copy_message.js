// "Copy these words" beside each ready-made message; where the browser refuses, the words are
// selected, to be copied by hand.
(() => {
  "use strict";
  addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button[data-copy]");
    if (!button) return;
    const words = button.parentElement.querySelector("blockquote");
    const select = () => getSelection().selectAllChildren(words);
    if (!navigator.clipboard) return select();
    navigator.clipboard.writeText(words.innerText.trim()).then(() => {
      const label = button.textContent;
      if (label === button.dataset.copy) return;
      button.style.minWidth = button.offsetWidth + "px";
      button.textContent = button.dataset.copy;
      setTimeout(() => { button.textContent = label; }, 4000);
    }, select);
  });
})();
