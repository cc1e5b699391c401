// One step of the report form at a time.
(() => {
  "use strict";
  const form = document.getElementById("report");
  if (form) form.classList.add("stepped");
})();
