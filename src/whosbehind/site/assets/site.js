// Comforts: sorting tables, filtering long ones, copying a citation, painting charts. Every page is whole without them.
"use strict";
const words = document.currentScript?.dataset ?? {};
const LONG = 30;

function valueOf(row, column) {
  const cell = row.cells[column];
  const money = cell?.querySelector("[data-usd]")?.dataset.usd;
  const text = (cell?.textContent ?? "").trim();
  if (money !== undefined) return Number(money);
  const number = text.replace(/[$,%\s]/g, "").replace(/^[−–]/, "-");
  return number !== "" && !Number.isNaN(Number(number)) ? Number(number) : text;
}

// Numbers by size, texts by the alphabet of the page; blanks and dashes last.
function compared(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
  return one.localeCompare(other, document.documentElement.lang, { numeric: true });
}

function sort(table, header) {
  const column = header.cellIndex;
  const isMoney = header.classList.contains("money");
  const before = header.getAttribute("aria-sort");
  const descending = before ? before === "ascending" : isMoney;
  const body = table.tBodies[0];
  const keyed = [...body.rows].map((row) => [valueOf(row, column), row]);
  keyed.sort((one, other) => (descending ? compared(other[0], one[0]) : compared(one[0], other[0])));
  for (const each of table.querySelectorAll("th[aria-sort]")) each.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", descending ? "descending" : "ascending");
  body.append(...keyed.map(([, row]) => row));
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  if (table.tBodies[0].rows.length < 2) continue;
  for (const header of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => sort(table, header));
  }
}

// A box above a long table that leaves only lines with these words.
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < LONG) continue;
  const label = document.createElement("label");
  const box = document.createElement("input");
  const count = document.createElement("span");
  box.type = "search";
  box.className = "field";
  count.className = "rows";
  count.setAttribute("role", "status");
  label.className = "filter";
  label.append(words.filter ?? "", " ", box);
  (table.closest(".wide") ?? table).before(label, count);
  box.addEventListener("input", () => {
    const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
    }
    count.textContent = wanted.length ? `${rows.filter((row) => !row.hidden).length} / ${rows.length}` : "";
  });
}

for (const cited of document.querySelectorAll("details.cite")) {
  const button = document.createElement("button");
  const text = cited.querySelector("code").textContent;
  button.type = "button";
  button.className = "copy";
  button.textContent = words.copy ?? "";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(`${text}, ${location.href}`);
    button.textContent = words.copied ?? "";
  });
  if (navigator.clipboard) cited.append(button);
}

// A chart that was not painted as PNG when the site was published is painted here, as large as it would have been; pages opened
// from disk may not do that.
const WIDE = 1000, LONGEST = 6000, A_MINUTE = 60_000;

async function painted(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const zoom = Math.min(Math.max(1, WIDE / width), LONGEST / Math.max(width, height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * zoom, height * zoom];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve));
}

async function save(drawing) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await painted(drawing));
  link.download = drawing.split("/").pop().replace(/svg$/, "png");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), A_MINUTE);
}

for (const files of location.protocol === "file:" ? [] : document.querySelectorAll("p.files")) {
  const drawing = files.querySelector("a[href$='.svg']");
  if (files.querySelector("a[href$='.png']")) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "PNG";
  button.addEventListener("click", () => save(drawing.href));
  drawing.after(" ", button);
}
