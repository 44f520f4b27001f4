(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));

  // Theme: follow the system until told otherwise.
  const button = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const stored = {
    get() { try { return localStorage.getItem("quality-theme"); } catch { return null; } },
    set(value) { try { localStorage.setItem("quality-theme", value); } catch { /* a file without storage */ } },
  };
  const shown = () => root.dataset.theme || (dark.matches ? "dark" : "light");
  const label = () => { button.textContent = shown() === "dark" ? "Light" : "Dark"; };
  const toggle = () => {
    root.dataset.theme = shown() === "dark" ? "light" : "dark";
    stored.set(root.dataset.theme);
    label();
  };
  if (["light", "dark"].includes(stored.get())) root.dataset.theme = stored.get();
  button.hidden = false;
  button.addEventListener("click", toggle);
  dark.addEventListener("change", label);
  label();

  // Tables: sort by any column, filter by any text.
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent;
  };
  const sort = (table, heading, column) => {
    const numeric = heading.classList.contains("n");
    const was = heading.getAttribute("aria-sort");
    const down = was ? was === "ascending" : numeric;
    const compare = numeric
      ? (a, b) => a[0] - b[0]
      : (a, b) => a[0].localeCompare(b[0]);
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => [numeric ? Number(key(row, column).replaceAll(",", "")) : key(row, column), row]);
    rows.sort(down ? (a, b) => compare(b, a) : compare);
    body.append(...rows.map((pair) => pair[1]));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  };
  for (const table of all("table[data-sortable]")) {
    Array.from(table.tHead.rows[0].cells).forEach((heading, column) => {
      const control = document.createElement("button");
      control.type = "button";
      control.textContent = heading.textContent;
      control.addEventListener("click", () => sort(table, heading, column));
      heading.replaceChildren(control);
    });
  }
  for (const input of all("input[data-filter]")) {
    const rows = Array.from(document.getElementById(input.dataset.filter).tBodies[0].rows);
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const count = document.querySelector(`output[data-count="${input.dataset.filter}"]`);
    input.closest("label").hidden = false;
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      let left = 0;
      rows.forEach((row, index) => {
        row.hidden = !texts[index].includes(wanted);
        left += row.hidden ? 0 : 1;
      });
      count.textContent = wanted ? `${left} of ${rows.length}` : "";
    });
  }

  // Links into closed sources open them.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView({ block: target.tagName === "B" ? "center" : "start" });
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Keys.
  const findings = all(".finding");
  let current = -1;
  const step = (by) => {
    if (!findings.length) return;
    current = (current + by + findings.length) % findings.length;
    findings[current].closest("details").open = true;
    findings[current].scrollIntoView({ block: "center" });
    findings[current].focus({ preventScroll: true });
  };
  document.getElementById("keys").hidden = false;
  addEventListener("keydown", (event) => {
    if (event.target.matches("input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(current < 0 ? 0 : -1);
    else if (event.key === "t") toggle();
    else if (event.key === "/") {
      event.preventDefault();
      document.querySelector('input[data-filter="files"]')?.focus();
    }
  });
})();
