// Searches the index in the folder `search`: its parts are scripts that call `searchPart`, loaded as they are needed.
"use strict";
const form = document.querySelector("form.seek");
const field = document.getElementById("seek");
const list = document.getElementById("found");
const told = document.getElementById("found-count");
const kinds = Object.fromEntries([...document.querySelectorAll("#kinds [data-kind]")].map((each) => [each.dataset.kind, each.textContent]));
const more = document.getElementById("more");
const STEP = 30;
const IN_ENGLISH = new Set(["claim", "document", "award"]);
let limit = STEP;
const parts = new Map();
const waiting = new Map();
let asked = 0;

function searchPart(name, content) {
  waiting.get(name)?.(content);
}

function part(name) {
  if (!parts.has(name)) {
    parts.set(name, new Promise((resolve) => {
      waiting.set(name, resolve);
      const script = document.createElement("script");
      script.src = `${form.dataset.root}search/${name}.js`;
      script.onerror = () => resolve(null);
      document.head.append(script);
    }));
  }
  return parts.get(name);
}

function wordsOf(text) {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return (plain.match(/[a-z0-9]+/g) ?? []).filter((word) => word.length > 1);
}

// The places of all entries with a word that begins so; true for those that hold just this word.
async function placesOf(word, shards) {
  let prefix = word;
  while (prefix.length > 1 && !shards.has(prefix)) prefix = prefix.slice(0, -1);
  const found = new Map();
  const listed = shards.has(prefix) ? await part(`w-${prefix}`) : null;
  for (const [known, places] of Object.entries(listed ?? {})) {
    if (!known.startsWith(word)) continue;
    let place = 0;
    for (const step of places.split(" ")) {
      place += parseInt(step, 36);
      found.set(place, known === word || found.get(place) === true);
    }
  }
  return found;
}

async function search(text) {
  const wanted = wordsOf(text);
  const index = await part("index");
  if (!wanted.length || !index) return null;
  const shards = new Set(index[0].split(" "));
  const [first, ...others] = await Promise.all(wanted.map((word) => placesOf(word, shards)));
  const both = [...first.keys()].filter((place) => others.every((each) => each.has(place)));
  const loose = (place) => [first, ...others].filter((each) => !each.get(place)).length;
  const ranked = both.map((place) => [loose(place), place]).sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const shown = ranked.slice(0, limit).map(([, place]) => place);
  const entries = await Promise.all(shown.map(async (place) => (await part(`e-${Math.floor(place / index[1])}`))[place % index[1]]));
  return { entries, count: both.length };
}

function line([kind, path, title, detail, titles]) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = form.dataset.up + path;
  const said = titles?.[form.dataset.language];
  link.textContent = said ?? title;
  if (!said && IN_ENGLISH.has(kind)) link.lang = "en";
  const about = document.createElement("span");
  about.className = "rows";
  about.textContent = [kinds[kind], detail].filter(Boolean).join(" · ");
  item.append(link, " ", about);
  return item;
}

function say(count) {
  const { none, one, many, cut } = form.dataset;
  if (count === 0) return none;
  if (count === 1) return one;
  const text = count > limit ? cut : many;
  return text.replace("COUNT", count.toLocaleString(form.dataset.language)).replace("SHOWN", limit);
}

async function show() {
  const own = ++asked;
  const text = field.value;
  const late = setTimeout(() => { if (own === asked) told.textContent = form.dataset.wait; }, 400);
  const found = await search(text);
  clearTimeout(late);
  if (own !== asked) return;
  told.textContent = found ? say(found.count) : "";
  list.replaceChildren(...(found ? found.entries.map(line) : []));
  more.hidden = !found || found.count <= limit;
}

function step(event) {
  const links = [...list.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown" && links.length) (links[at + 1] ?? links[at]).focus();
  else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? field).focus();
  else if (event.key === "Escape" && at >= 0) field.focus();
  else return;
  event.preventDefault();
}

let pause;
field.addEventListener("input", () => { limit = STEP; clearTimeout(pause); pause = setTimeout(show, 90); });
more.addEventListener("click", async () => {
  const before = list.children.length;
  limit += STEP;
  await show();
  list.children[before]?.querySelector("a").focus();
});
form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
form.addEventListener("keydown", step);
list.addEventListener("keydown", step);
field.value = new URLSearchParams(location.search).get("q") ?? "";
if (field.value) show();
else if (matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
