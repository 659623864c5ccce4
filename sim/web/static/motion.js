// Motion that shows a change: dots go from where they were to where they are, unless the reader wants less motion.
"use strict";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const MOVES = { duration: 500, easing: "ease-out" };

function slide(dot, far) {
  if (!still.matches && Math.abs(far) > 1) dot.animate([{ translate: `${far}px 0` }, { translate: "0 0" }], MOVES);
}

const middle = one => { const box = one.getBoundingClientRect(); return box.left + box.width / 2; };
const listDots = root => [...root.querySelectorAll(".rows .dot")].map(dot => {
  const row = dot.closest(".row");
  const place = [...row.querySelectorAll(".dot")].indexOf(dot);
  return [`${row.querySelector(".row-label")?.textContent.trim().split("  ")[0]} ${place}`, dot];
});

// Results are drawn anew: what was there before is told before, and each dot comes from its old place.
function rememberDots(root) {
  const before = new Map(listDots(root).map(([key, dot]) => [key, middle(dot)]));
  return () => { for (const [key, dot] of listDots(root)) if (before.has(key)) slide(dot, before.get(key) - middle(dot)); };
}

// A reveal: each dot comes from the hollow one on its line, or from the row above it, with which it is compared.
document.addEventListener("toggle", event => {
  const root = event.target;
  if (!root.matches?.("details.reveal") || !root.open) return;
  let above = null;
  for (const row of root.querySelectorAll(".step-chart .row:not(.axis)")) {
    const dot = row.querySelector(".row-chart .dot"), old = row.querySelector(".row-chart .before") ?? above;
    if (dot && old) slide(dot, middle(old) - middle(dot));
    above = dot;
  }
}, true);
