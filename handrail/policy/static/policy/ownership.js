/* Arrow keys move from cell to cell of the matrix; A, R, C and I set or clear a letter, Delete clears the cell. Without this file the form below the table does it. */
(() => {
  let last = null;
  const cellOf = (td) => td && td.querySelector("a.cell");
  const move = (cell, across, down) => {
    const td = cell.closest("td"), tr = td.parentElement;
    if (across) {
      let next = td;
      do next = across > 0 ? next.nextElementSibling : next.previousElementSibling; while (next && !cellOf(next));
      return cellOf(next);
    }
    const rows = [...document.querySelectorAll("#own-matrix tr")].filter((row) => cellOf(row));
    const row = rows[rows.indexOf(tr) + down];
    return row && cellOf(row.children[td.cellIndex]);
  };
  const cells = () => [...document.querySelectorAll("#own-matrix a.cell")];
  /* One stop for the tab key: the arrows reach every other cell. */
  const rove = (now) => { for (const cell of cells()) cell.tabIndex = cell === now ? 0 : -1; };
  rove(cells()[0]);
  document.addEventListener("focusin", (here) => { if (here.target.matches && here.target.matches("#own-matrix a.cell")) rove(here.target); });
  document.addEventListener("keydown", (press) => {
    const cell = press.target.closest && press.target.closest("#own-matrix a.cell");
    if (!cell || press.ctrlKey || press.metaKey || press.altKey) return;
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[press.key];
    if (way) { const next = move(cell, ...way); if (next) next.focus(); press.preventDefault(); return; }
    const form = document.getElementById("cell-form"), clears = press.key === "Delete" || press.key === "Backspace";
    const letter = press.key.toUpperCase();
    if (!form || (!clears && (letter.length !== 1 || !"ARCI".includes(letter)))) return;
    press.preventDefault();
    const held = cell.dataset.letters;
    form.elements.row.value = cell.dataset.row;
    form.elements.holder.value = cell.dataset.holder;
    form.elements.letters.value = clears ? "" : held.includes(letter) ? held.replace(letter, "") : held + letter;
    last = [cell.dataset.row, cell.dataset.holder];
    form.requestSubmit();
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!last) return;
    const cell = cells().find((one) => one.dataset.row === last[0] && one.dataset.holder === last[1]);
    rove(cell || cells()[0]);
    if (cell) cell.focus();
  });
})();
