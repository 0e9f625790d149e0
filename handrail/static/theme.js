// Sets the chosen ground (light or dark) before the page is painted; nothing chosen means the system's own.
(function () {
  try {
    var kept = localStorage.getItem("handrail-theme");
    if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
  } catch (error) { /* storage may be switched off; the system's ground is then used */ }
})();
