// Shows the picture that was chosen, before it is sent: its alternative text is written below it.
addEventListener("DOMContentLoaded", () => {
  "use strict";
  const input = document.querySelector("input[type=file][name=upload]");
  if (!input) return;
  const shown = document.createElement("img");
  shown.className = "upload-preview";
  shown.alt = "";
  shown.hidden = true;
  input.after(shown);
  input.addEventListener("change", () => {
    shown.hidden = true;
    const reader = new FileReader();
    reader.onload = () => {
      shown.src = reader.result;
      shown.hidden = false;
    };
    if (input.files[0]) reader.readAsDataURL(input.files[0]);
  });
});
