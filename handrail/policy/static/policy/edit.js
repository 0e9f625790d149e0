// The editor by keyboard and click: a clause becomes a field in place, what is typed is kept, nothing is lost on leaving.
(function () {
  "use strict";
  function sheet() { return document.getElementById("sheet"); }
  function rows() { return Array.prototype.slice.call(sheet().querySelectorAll(".ed[data-key]")); }
  function address(key) { return sheet().dataset.edit + "/" + key; }
  function field(section) { return section && section.querySelector("textarea[name=markup]"); }

  function open(section) {
    if (!section || section.classList.contains("open")) return;
    window.htmx.ajax("GET", address(section.dataset.key), { target: section, swap: "outerHTML" });
  }

  function keep(section) {
    var typed = field(section);
    if (typed && typed.value !== typed.defaultValue) {
      var base = section.querySelector("[name=base_sha]").value;
      return window.htmx.ajax("POST", address(section.dataset.key) + "/typed",
        { target: section.querySelector(".look"), swap: "outerHTML", values: { markup: typed.value, base_sha: base } });
    }
    return Promise.resolve();
  }

  function leave(section) {
    var key = section.dataset.key;
    keep(section).then(function () {
      return window.htmx.ajax("GET", address(key) + "?leave=1", { target: "#" + key, swap: "outerHTML" });
    }).then(function () { focus(key); });
  }

  function focus(key) {
    var row = document.getElementById(key);
    if (row) row.focus();
  }

  function press(section, verb) {
    var button = section.querySelector("form button[name=verb][value=" + verb + "]");
    var form = button && button.form;
    if (!form) return;
    var typed = field(section);
    if (typed && form.elements.at) form.elements.at.value = String(typed.selectionStart);
    if (verb === "split") form.elements.before_words.value = "";
    button.click();
  }

  function send(section, verb) {
    window.htmx.ajax("POST", address(section.dataset.key), { target: section, swap: "outerHTML", values: { verb: verb } });
  }

  document.addEventListener("click", function (click) {
    var section = click.target.closest("#sheet .ed[data-key]");
    if (!section) return;
    if (click.target.closest("[data-leave]")) { click.preventDefault(); leave(section); return; }
    var go = click.target.closest("a.go");
    if (!go && (click.target.closest("a,button,input,select,textarea,summary,label") || String(window.getSelection()))) return;
    if (click.ctrlKey || click.metaKey || section.classList.contains("open")) return;
    click.preventDefault();
    open(section);
  });

  document.addEventListener("keydown", function (down) {
    if (!sheet()) return;
    var section = down.target.closest ? down.target.closest("#sheet .ed[data-key]") : null;
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(down.target.tagName);
    if (section && section.classList.contains("open")) return inField(down, section, typing);
    if (typing) return;
    if ((down.ctrlKey || down.metaKey) && !down.shiftKey && down.key.toLowerCase() === "z") {
      var undo = document.querySelector("#editbar button[value=undo]");
      if (undo && !undo.disabled) { down.preventDefault(); undo.click(); }
      return;
    }
    if (down.altKey && section && /^Arrow(Up|Down)$/.test(down.key)) {
      down.preventDefault(); send(section, down.key === "ArrowUp" ? "up" : "down"); return;
    }
    if (down.ctrlKey || down.metaKey || down.altKey) return;
    if (down.key === "Enter" && section && down.target === section) { down.preventDefault(); open(section); return; }
    var step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[down.key];
    if (!step || (/^Arrow/.test(down.key) && !section)) return;
    var all = rows();
    var at = section ? all.indexOf(section) + step : (step > 0 ? 0 : all.length - 1);
    if (all[at]) { down.preventDefault(); all[at].focus(); }
  });

  function inField(down, section, typing) {
    var ctrl = down.ctrlKey || down.metaKey;
    if (down.key === "Escape") { down.preventDefault(); leave(section); }
    else if (ctrl && (down.key.toLowerCase() === "s" || down.key === "Enter")) { down.preventDefault(); press(section, "save"); }
    else if (typing && down.altKey && down.key === "Enter") { down.preventDefault(); press(section, "split"); }
    else if (down.altKey && down.key.toLowerCase() === "m") { down.preventDefault(); press(section, "merge"); }
    else if (down.altKey && /^Arrow(Up|Down)$/.test(down.key)) { down.preventDefault(); press(section, down.key === "ArrowUp" ? "up" : "down"); }
  }

  document.addEventListener("htmx:afterSettle", function (swap) {
    var now = swap.target && swap.target.closest ? swap.target : null;
    if (!now) return;
    var sheetNow = now.id === "sheet" ? now : null;
    if (sheetNow && sheetNow.dataset.focus) { focus(sheetNow.dataset.focus); return; }
    var opened = now.classList.contains("open") ? now : null;
    var typed = opened && field(opened);
    if (typed) { typed.focus(); opened.scrollIntoView({ block: "nearest" }); return; }
    if (now.classList.contains("ed")) now.focus();
  });

  window.addEventListener("beforeunload", function (going) {
    var lost = rows().some(function (section) {
      var typed = field(section);
      return section.classList.contains("open") && typed && typed.value !== typed.defaultValue && !section.querySelector(".look .kept");
    });
    if (lost) going.preventDefault();
  });
})();
