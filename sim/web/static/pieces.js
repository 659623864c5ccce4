// A part of a page that takes a while is fetched when it is opened, and once only while levers are still being moved.
"use strict";

document.addEventListener("toggle", event => {
  const root = event.target;
  if (!root.matches?.("details[data-piece]") || !root.open || root.dataset.asked) return;
  root.dataset.asked = "true";
  setTimeout(async () => {
    if (!root.isConnected) return;
    const place = root.querySelector("div");
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(root.dataset.piece);
      place.innerHTML = await answer.text();
    } catch { delete root.dataset.asked; }
    place.removeAttribute("aria-busy");
  }, 300);
}, true);

// States over weeks are read off week by week: by the slider below them, or where the pointer is.
function readWeek(root, at) {
  const weeks = JSON.parse(root.dataset.weeks), names = JSON.parse(root.dataset.names);
  const slider = root.querySelector("input"), said = [];
  for (const panel of root.querySelectorAll("[data-shares]")) {
    const shares = JSON.parse(panel.dataset.shares)[at];
    const text = names.map((name, place) => shares[place] && `${name} ${shares[place]}`).filter(Boolean).join("; ");
    panel.querySelector(".read").textContent = text;
    said.push(`${panel.querySelector("figcaption").textContent}: ${text}`);
    const line = panel.querySelector(".now-line"), place = `${(100 * (at + 0.5)) / weeks.length}%`;
    line.setAttribute("x1", place);
    line.setAttribute("x2", place);
    line.setAttribute("visibility", "visible");
  }
  slider.value = at;
  slider.setAttribute("aria-valuetext", `${weeks[at]}. ${said.join(". ")}`);
  root.querySelector("output").textContent = weeks[at];
}

document.addEventListener("input", event => {
  const root = event.target.closest?.(".weeks-read");
  if (root) readWeek(root, Number(event.target.value));
});

document.addEventListener("pointermove", event => {
  const chart = event.target.closest?.(".weeks"), root = chart?.closest(".weeks-read");
  if (!root) return;
  const box = chart.getBoundingClientRect(), count = JSON.parse(root.dataset.weeks).length;
  const at = Math.floor(((event.clientX - box.left) / box.width) * count);
  readWeek(root, Math.min(count - 1, Math.max(0, at)));
});

// A package that is chosen is told in full below its list, which a narrow page cuts off.
document.addEventListener("change", event => {
  const said = event.target.matches?.("select[name^=package-]") && event.target.parentElement.querySelector(".chosen");
  if (!said) return;
  said.hidden = !event.target.value;
  said.textContent = event.target.value ? event.target.selectedOptions[0].textContent : "";
});
