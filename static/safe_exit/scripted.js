// Says that scripts run here: base.css hides what needs them, or what is said in their stead. An
// element of <noscript> would stay silent where scripts are blocked after the page was read.
document.documentElement.classList.add("scripted");
