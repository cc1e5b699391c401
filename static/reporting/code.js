// The code that is shown once: printing it.
(() => {
  "use strict";
  const button = document.querySelector("[data-print]");
  if (button) button.onclick = () => print();
})();
