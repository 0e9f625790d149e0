// Arrow keys move from cell to cell of the grid; on a narrow page a chosen purpose comes into view. Links do the rest.
(() => {
  "use strict";
  const spots = () => {
    const held = [], rows = [...document.querySelectorAll("#gx tbody tr")];
    rows.forEach((row, down) => {
      let across = 0;
      for (const cell of row.querySelectorAll("td")) {
        while (held[down] && held[down][across]) across += 1;
        for (let more = 0; more < cell.rowSpan; more += 1) (held[down + more] = held[down + more] || [])[across] = cell;
        across += 1;
      }
    });
    return held;
  };
  const within = (cell) => cell && cell.querySelector("a.gc, .go");
  document.addEventListener("keydown", (press) => {
    const from = press.target.closest && press.target.closest("#gx td");
    const way = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[press.key];
    if (!from || !way || press.ctrlKey || press.metaKey || press.altKey) return;
    const held = spots();
    let down = held.findIndex((row) => row.includes(from)), across = held[down].indexOf(from);
    const inside = [...from.querySelectorAll("a.gc")], at = inside.indexOf(press.target);
    press.preventDefault();
    // Several purposes in one cell: up and down go through them first.
    if (way[0] && at >= 0 && inside[at + way[0]]) { inside[at + way[0]].focus(); return; }
    do { down += way[0]; across += way[1]; } while (held[down] && held[down][across] === from);
    const next = within(held[down] && held[down][across]);
    if (next) next.focus();
  });
  document.addEventListener("htmx:afterSettle", (settled) => {
    if (settled.target.id !== "str" || !window.matchMedia("(max-width:1340px)").matches) return;
    const head = document.getElementById("h-p");
    if (head) { head.scrollIntoView({ block: "start" }); head.focus({ preventScroll: true }); }
  });
})();
