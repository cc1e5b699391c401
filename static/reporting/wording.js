// The words follow the answers: to the reader or about the person it is happening to, and Quick
// in its own short form.
(() => {
  "use strict";
  const reportForm = self.reportForm ||= {};

  reportForm.word = (form, answers) => {
    const isQuick = reportForm.isQuick(answers);
    const name = answers.who && form.getAttribute("data-who-" + answers.who[0]);
    form.querySelectorAll("[data-they], [data-quick-words]").forEach((element) => {
      const said = element.dataset;
      said.you ??= element.textContent;
      const text = isQuick && said.quickWords
        || name && said.they && said.they.replaceAll("{who}", name) || said.you;
      if (element.textContent !== text) element.textContent = text;
    });
    form.querySelectorAll("[data-not-quick]").forEach((part) => {
      part.hidden = isQuick && !reportForm.answered(part).length;
    });
  };
})();
