// Shows which flows of a drawing, and of the table below it, held in a year; without it, all stand there with their dates.
"use strict";
for (const slider of document.querySelectorAll(".slider")) {
  const range = slider.querySelector("input"), shown = slider.querySelector("output"), any = slider.querySelector("button");
  const dated = document.querySelectorAll(".arrow, table.flows tbody tr");
  const show = (year) => {
    shown.value = year || shown.dataset.any;
    for (const flow of dated) {
      const begins = flow.dataset.since || "", ends = flow.dataset.until || "9999";
      flow.classList.toggle("elsewhen", Boolean(year) && (begins > year + "-12-31" || ends < year + "-01-01"));
    }
  };
  range.addEventListener("input", () => show(range.value));
  any.addEventListener("click", () => show(""));
  slider.hidden = false;
}
