// Whether a condition holds on the answers so far: yes, no or unknown (null), as in
// reporting/questions/conditions.py. A condition is a list that begins with its kind's name;
// answers are lists of values by question. "Don't know" and its like say nothing either way.
(() => {
  "use strict";
  const UNKNOWN = ["not_sure", "dont_know", "prefer_not"];

  // The deciding verdict if there is one, else unknown if there is one, else its opposite.
  const firstOf = (deciding, verdicts) =>
    verdicts.includes(deciding) ? deciding : verdicts.includes(null) ? null : !deciding;

  const holds = ([kind, ...rest], answers) => {
    const made = answers[rest[0]] || [];
    const isKnown = made.some((value) => !UNKNOWN.includes(value));
    const inner = () => rest.map((condition) => holds(condition, answers));
    switch (kind) {
      case "is": return made.includes(rest[1]) || (isKnown ? false : null);
      case "known": return isKnown;
      case "not": return inner()[0] === null ? null : !inner()[0];
      case "any": return firstOf(true, inner());
      case "all": return firstOf(false, inner());
      case "always": return true;
    }
    throw new TypeError("not a condition: " + kind);
  };

  (self.reportForm ||= {}).holds = holds;
})();
