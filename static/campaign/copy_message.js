// "Copy these words" beside each ready-made message; without script the button stays hidden.
(function () {
  "use strict";
  if (!navigator.clipboard) return;
  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    try {
      var words = button.parentElement.querySelector("blockquote");
      var label = button.textContent;
      button.hidden = false;
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(words.innerText.trim()).then(function () {
          button.style.minWidth = button.offsetWidth + "px";
          button.textContent = button.dataset.copy;
          setTimeout(function () { button.textContent = label; }, 4000);
        });
      });
    } catch (error) {
      console.error("copy_message", button, error);
    }
  });
})();
