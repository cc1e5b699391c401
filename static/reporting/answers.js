// What has been answered, and what is to be asked after that. It is read from the form each time
// it is needed, and kept nowhere else.
(() => {
  "use strict";
  const reportForm = self.reportForm ||= {};

  // The controls in here that say something.
  const answered = (element) => [...element.querySelectorAll("input, textarea")]
    .filter((control) => /radio|checkbox/.test(control.type) ? control.checked : control.value.trim());

  // As register.asked in reporting/questions: a question with an answer in it stays unless its
  // condition is plainly no; one without is put where its condition is plainly yes, and by Quick
  // only where Quick asks it. Answers below a plain no do not count for what comes after.
  const asked = (questions) => {
    const answers = {};
    const shown = questions.filter((question) => {
      const { key, when, quick } = question.dataset;
      const controls = answered(question);
      const verdict = when ? reportForm.holds(JSON.parse(when), answers) : true;
      if (!controls.length) return verdict && (quick !== undefined || !isQuick(answers));
      if (verdict === false) return false;
      // Rows of small questions are an answer of which no condition asks.
      answers[key] = question.querySelector(".row") ? [] : controls.map((control) => control.value);
      return true;
    });
    return { answers, shown };
  };

  const isQuick = (answers) => (answers.length || []).includes("quick");

  Object.assign(reportForm, { answered, asked, isQuick });
})();
