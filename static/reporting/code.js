// The reference and the six words, which are shown once: copying and printing them, typing two of
// the words once more to see that they were kept, and going back to them in place of away from
// them. What is typed is compared here and goes nowhere.
(() => {
  "use strict";
  const page = document.querySelector(".sent");
  if (!page) return;
  const box = page.querySelector("[data-code]"), { code, reference } = box.dataset;

  const copy = box.querySelector("[data-copy-code]"), line = box.querySelector("[role=status]");
  copy.onclick = () => {
    const byHand = () => {
      line.textContent = line.dataset.byHand;
      getSelection().selectAllChildren(box.querySelector(".both"));
    };
    if (!navigator.clipboard) return byHand();
    navigator.clipboard.writeText(reference + "\n" + code).then(() => { line.textContent = line.dataset.copied; }, byHand);
  };

  box.querySelector("[data-print]").onclick = () => print();

  // Android's back gesture presses this too.
  const stay = page.querySelector(".stay");
  page.querySelector("[data-back]").onclick = () => {
    stay.hidden = false;
    stay.focus({ preventScroll: true });
    stay.scrollIntoView();
    // A close request uses its watcher up; this asks for another.
    dispatchEvent(new Event("step"));
  };

  const form = page.querySelector("[data-read-back]");
  const inputs = [...form.querySelectorAll("input")], answer = form.querySelector("[role=status]");
  const places = form.dataset.readBack.split(" "), words = code.split(" ");
  // As the words are read when they are sent: capitals and what lies around do not count, and no
  // two words of the list begin with the same six letters.
  const plain = (word) => word.toLowerCase().replaceAll("0", "o").replace(/[^a-z]/g, "").slice(0, 6);

  form.onsubmit = (event) => {
    event.preventDefault();
    const wrong = inputs.filter((input, index) => {
      const isWrong = plain(input.value) !== plain(words[places[index] - 1]);
      if (isWrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      return isWrong;
    });
    const told = wrong.map((input) => answer.dataset.wrong.replace("{n}", places[inputs.indexOf(input)]));
    answer.textContent = told.join(" ") || answer.dataset.right;
    wrong[0]?.focus();
  };

  form.querySelector("[data-skip]").onclick = () => {
    [...form.children].forEach((child) => { child.hidden = child !== answer; });
    answer.textContent = answer.dataset.skipped;
    answer.tabIndex = -1;
    answer.focus();
  };
})();
