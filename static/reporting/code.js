// The six words that are shown once: copying and printing them, and typing two of them once more
// to see that they were kept. What is typed is compared here and goes nowhere.
(() => {
  "use strict";
  const box = document.querySelector("[data-code]");
  if (!box) return;
  const words = box.dataset.code.split(" ");

  const copy = box.querySelector("[data-copy-code]"), line = box.querySelector("[role=status]");
  copy.onclick = () => {
    const byHand = () => {
      line.textContent = line.dataset.byHand;
      getSelection().selectAllChildren(box.querySelector("ol"));
    };
    if (!navigator.clipboard) return byHand();
    navigator.clipboard.writeText(box.dataset.code).then(() => { line.textContent = line.dataset.copied; }, byHand);
  };

  box.querySelector("[data-print]").onclick = () => print();

  const form = document.querySelector("[data-read-back]");
  const inputs = [...form.querySelectorAll("input")], answer = form.querySelector("[role=status]");
  const places = form.dataset.readBack.split(" ");
  // As the words are read when they are sent: capitals and what lies around do not count, and no
  // two words of the list begin with the same six letters.
  const plain = (word) => word.toLowerCase().replaceAll("0", "o").replace(/[^a-z]/g, "").slice(0, 6);

  form.onsubmit = (event) => {
    event.preventDefault();
    const wrong = inputs.find((input, index) => plain(input.value) !== plain(words[places[index] - 1]));
    answer.textContent = answer.dataset[wrong ? "wrong" : "right"];
    wrong?.focus();
  };

  form.querySelector("[data-skip]").onclick = () => {
    [...form.children].forEach((child) => { child.hidden = child !== answer; });
    answer.textContent = answer.dataset.skipped;
    answer.tabIndex = -1;
    answer.focus();
  };
})();
