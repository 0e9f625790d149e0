// Vetting in the browser: arrow keys in the matrix, clauses noted as they are read, marked words put into the remark.
(function () {
  "use strict";
  document.documentElement.classList.add("scripted");

  // One cell of the matrix is in the tab order; arrow keys, Home and End move between the cells that open something.
  function matrix(table) {
    var rows = Array.from(table.querySelectorAll("tbody tr")).map(function (row) { return Array.from(row.querySelectorAll("td.c")); });
    var first = table.querySelector("td.c a");
    rows.forEach(function (row) { row.forEach(function (cell) {
      var target = cell.querySelector("a") || cell;
      target.tabIndex = target === first ? 0 : -1;
    }); });
    if (!first && rows[0] && rows[0][0]) rows[0][0].tabIndex = 0;
    function go(y, x) {
      var cell = rows[y] && rows[y][x];
      if (!cell) return false;
      table.querySelectorAll("[tabindex='0']").forEach(function (each) { each.tabIndex = -1; });
      var target = cell.querySelector("a") || cell;
      target.tabIndex = 0;
      target.focus();
      return true;
    }
    table.addEventListener("keydown", function (press) {
      var cell = press.target.closest("td.c");
      if (!cell || press.ctrlKey || press.altKey || press.metaKey) return;
      var y = rows.findIndex(function (row) { return row.indexOf(cell) >= 0; });
      var x = rows[y].indexOf(cell);
      var to = { ArrowRight: [y, x + 1], ArrowLeft: [y, x - 1], ArrowDown: [y + 1, x], ArrowUp: [y - 1, x], Home: [y, 0], End: [y, rows[y].length - 1] }[press.key];
      if (to && go(to[0], to[1])) press.preventDefault();
    });
  }

  // A clause counts as read when half of its words (or half a screen of them) were in view long enough to be read.
  function reading(text) {
    var waiting = new Map(), seen = [], timer = null;
    var token = JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
    function wordsOf(clause) { return clause.querySelector("[data-words]"); }
    function send() {
      timer = null;
      if (!seen.length) return;
      var body = new URLSearchParams(), sent = seen.splice(0);
      sent.forEach(function (clause) { body.append("key", clause.dataset.key); });
      fetch(text.dataset.noted, { method: "POST", body: body, headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" } }).then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.text();
      }).then(function (html) {
        var place = document.getElementById("progress");
        if (place) place.innerHTML = html;
        sent.forEach(function (clause) {
          clause.removeAttribute("data-unread");
          var mark = clause.querySelector(".readmark");
          if (mark) mark.textContent = "read";
        });
      }).catch(function () { sent.forEach(function (clause) { watch.observe(wordsOf(clause)); }); });
    }
    function done(clause) {
      waiting.delete(clause);
      watch.unobserve(wordsOf(clause));
      seen.push(clause);
      if (!timer) timer = setTimeout(send, 800);
    }
    var watch = new IntersectionObserver(function (changes) {
      changes.forEach(function (change) {
        var clause = change.target.closest(".clause"), words = change.target.textContent.length;
        var enough = change.intersectionRatio >= 0.5 || change.intersectionRect.height > window.innerHeight / 2;
        if (enough && !waiting.has(clause)) waiting.set(clause, setTimeout(function () { done(clause); }, Math.min(6000, 800 + words * 6)));
        if (!enough && waiting.has(clause)) { clearTimeout(waiting.get(clause)); waiting.delete(clause); }
      });
    }, { threshold: [0, 0.25, 0.5, 0.75, 1] });
    text.querySelectorAll(".clause[data-unread]").forEach(function (clause) { watch.observe(wordsOf(clause)); });
  }

  // "Say something" opens its form under the clause; words that are marked there go into the quotation.
  function saying(root) {
    var kept = "";
    document.addEventListener("selectionchange", function () {
      var chosen = document.getSelection();
      if (!chosen || chosen.isCollapsed || !chosen.anchorNode) return;
      var from = chosen.anchorNode.parentElement.closest("[data-words]"), to = chosen.focusNode.parentElement.closest("[data-words]");
      if (!from || from !== to) return;
      kept = chosen.toString().trim();
      var clause = from.closest(".clause"), field = clause && clause.querySelector(".sayform [name=quote]");
      if (field) field.value = kept;
    });
    root.addEventListener("click", function (press) {
      var link = press.target.closest("[data-say]");
      if (link && !press.ctrlKey && !press.metaKey && !press.shiftKey && window.htmx && !link.href.includes("/from/")) {
        press.preventDefault();
        var line = link.closest(".sayline"), clause = link.closest(".clause"), open = clause.querySelector(".sayform");
        if (open) { open.querySelector("textarea:not([name=quote])").focus(); return; }
        var quote = kept && clause.querySelector("[data-words]").textContent.includes(kept) ? kept : "";
        var place = document.createElement("div");
        line.after(place);
        window.htmx.ajax("GET", link.getAttribute("href"), { target: place, swap: "innerHTML" }).then(function () {
          var form = place.querySelector(".sayform");
          if (!form) return;
          var about = form.querySelector(".about");
          if (about) about.remove();
          if (quote && form.elements.quote) form.elements.quote.value = quote;
          form.elements.body.focus();
        });
      }
      var away = press.target.closest("[data-put-away]");
      if (away && away.closest(".clause")) { press.preventDefault(); away.closest(".sayform").parentElement.remove(); }
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-matrix]").forEach(matrix);
    document.querySelectorAll("[data-noted]").forEach(reading);
    document.querySelectorAll(".vtext").forEach(saying);
  });
})();
