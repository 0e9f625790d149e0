// What a page does in the browser beyond links and forms: "/" finds, menus close, toasts go, the ground is chosen.
(function () {
  "use strict";
  var root = document.documentElement;

  function kept() {
    try { return localStorage.getItem("handrail-theme") || "auto"; } catch (error) { return "auto"; }
  }

  function choose(theme) {
    if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
    try {
      if (theme === "auto") localStorage.removeItem("handrail-theme"); else localStorage.setItem("handrail-theme", theme);
    } catch (error) { /* not kept, but used on this page */ }
    mark(theme);
  }

  function mark(theme) {
    document.querySelectorAll("[data-theme-choice]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
    });
  }

  function typing(target) {
    return target && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  }

  document.addEventListener("keydown", function (press) {
    var find = document.getElementById("find");
    if (press.key === "/" && find && !typing(press.target) && !press.ctrlKey && !press.metaKey && !press.altKey) {
      if (find.offsetParent === null) return;
      press.preventDefault();
      find.focus();
      find.select();
    }
    if (press.key === "Escape") {
      document.querySelectorAll("details.menu[open]").forEach(function (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    }
  });

  document.addEventListener("click", function (press) {
    var choice = press.target.closest("[data-theme-choice]");
    if (choice) choose(choice.dataset.themeChoice);
    var shut = press.target.closest("[data-dismiss]");
    if (shut) shut.closest(".toast").remove();
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(press.target)) menu.open = false;
    });
  });

  // Fields that send their form when they change say so in the markup.
  document.addEventListener("change", function (change) {
    var field = change.target.closest("[data-send]");
    if (field && field.form) field.form.requestSubmit();
  });

  document.addEventListener("DOMContentLoaded", function () {
    mark(kept());
    document.querySelectorAll(".toast[data-fades]").forEach(function (toast) {
      setTimeout(function () { toast.remove(); }, 12000);
    });
    var wrong = document.querySelector(".errs, .field.err[role=alert]");
    if (wrong) wrong.focus();
  });
})();
