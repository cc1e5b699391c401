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

  const button = (className, text, about) => {
    const element = make("button", "", className);
    element.type = "button";
    element.append(make("span", text), " ", make("span", about, "unseen"));
    return element;
  };

  // A long answer shows its beginning to the eye, so that Send is not far away. A screen reader
  // and paper have it whole. At any width these are more lines than are shown of it.
  const LETTERS = 400, LINES = 7;
  const isLong = (text) => text.length > LETTERS || text.split("\n").length > LINES;

  const shortened = (text, about, words) => {
    const whole = make("div", text, "beginning");
    const more = button("change", words.showAll, about);
    more.onclick = () => {
      const isShort = whole.classList.toggle("beginning");
      more.firstChild.textContent = isShort ? words.showAll : words.showLess;
      more.scrollIntoView({ block: "nearest" });
    };
    return [whole, more];
  };

  // `change` is called with the question.
  reportForm.review = (shown, words, change) => {
    const list = make("dl", "", "answers");
    for (const question of shown) {
      const says = answer(question);
      const said = make("dd", "", says ? "" : "not-answered");
      if (isLong(says)) said.append(...shortened(says, title(question), words));
      else said.textContent = says || words.notAnswered;
      const changing = button("change", words.change, title(question));
      changing.onclick = () => change(question);
      const last = make("dd");
      last.append(changing);
      const row = make("div");
      row.append(make("dt", title(question)), said, last);
      list.append(row);
    }
    return list;
  };
})();
