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
