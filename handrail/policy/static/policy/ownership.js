/* Arrow keys move from cell to cell of the matrix; A, R, C and I set or clear a letter. Without this file the form below the table does it. */
(() => {
  let last = null;
  const move = (cell, across, down) => {
    const td = cell.closest("td"), tr = td.parentElement;
    if (across) { let next = td; do next = across > 0 ? next.nextElementSibling : next.previousElementSibling; while (next && !next.querySelector("a.cell")); return next && next.querySelector("a.cell"); }
    const rows = [...document.querySelectorAll("#own-matrix tr")].filter((row) => row.querySelector("a.cell"));
    const row = rows[rows.indexOf(tr) + down];
    return row && row.children[td.cellIndex].querySelector("a.cell");
  };
  document.addEventListener("keydown", (press) => {
    const cell = press.target.closest && press.target.closest("a.cell");
    if (!cell || press.ctrlKey || press.metaKey || press.altKey) return;
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[press.key];
    if (way) { const next = move(cell, ...way); if (next) next.focus(); press.preventDefault(); return; }
    const letter = press.key.toUpperCase(), form = document.getElementById("cell-form");
    if (!"ARCI".includes(letter) || letter.length !== 1 || !form) return;
    press.preventDefault();
    const held = cell.dataset.letters;
    form.elements.row.value = cell.dataset.row;
    form.elements.holder.value = cell.dataset.holder;
    form.elements.letters.value = held.includes(letter) ? held.replace(letter, "") : held + letter;
    last = [cell.dataset.row, cell.dataset.holder];
    form.requestSubmit();
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!last) return;
    for (const cell of document.querySelectorAll("#own-matrix a.cell")) if (cell.dataset.row === last[0] && cell.dataset.holder === last[1]) cell.focus();
  });
})();
