// Says that scripts run here; what needs them is hidden otherwise (base.css).
document.documentElement.classList.add("scripted");
