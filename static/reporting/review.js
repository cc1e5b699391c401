// "Check your answers": each question that is asked and its answer in words, with a button to
// change it.
(() => {
  "use strict";
  const reportForm = self.reportForm ||= {};

  const make = (name, text, className) => {
    const element = document.createElement(name);
    element.textContent = text || "";
    if (className) element.className = className;
    return element;
  };

  const title = (element) => element.querySelector("legend, label[for]").textContent.trim();

  // A choice in the words beside it, a text as it was typed.
  const saying = (control) => /radio|checkbox/.test(control.type)
    ? control.closest("label").textContent.trim() : control.value.trim();

  const answer = (question) => {
    const rows = [...question.querySelectorAll(".row")];
    if (!rows.length) return reportForm.answered(question).map(saying).join("\n");
    return rows.map((row) => reportForm.answered(row).map((control) =>
      title(control.closest(".line, .part-choices")) + ": " + saying(control)).join("\n"))
      .filter(Boolean).join("\n\n");
  };

  // `change` is called with the question.
  reportForm.review = (shown, words, change) => {
    const list = make("dl", "", "answers");
    for (const question of shown) {
      const says = answer(question);
      const button = make("button", words.change, "change");
      button.type = "button";
      button.append(" ", make("span", title(question), "unseen"));
      button.onclick = () => change(question);
      const last = make("dd");
      last.append(button);
      const row = make("div");
      row.append(make("dt", title(question)), make("dd", says || words.notAnswered, says ? "" : "not-answered"), last);
      list.append(row);
    }
    return list;
  };
})();
