// A chart is saved alone: what stands on the page of it as one SVG, or as PNG, with case, changes, runs and sources below
// it; or its table as CSV. All of it is made here; nothing is sent anywhere.
"use strict";

document.documentElement.classList.add("scripted");

const SVG = "http://www.w3.org/2000/svg";
const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin",
  "paint-order", "opacity", "visibility", "font-size", "font-weight", "text-anchor"];
const LEFT_OUT = "details, .no-print, .unseen, input, output, button, script, .week-links, .zone-frame .note";
// True for what a picture has no use for: tables that are folded away, and what is there to be pressed.
function isLeftOut(one, root) {
  const out = one.closest(LEFT_OUT);
  return Boolean(out) && root.contains(out);
}

const EDGE = 16, SMALL = 12, FONT = "Liberation Sans, Arial, sans-serif";

function make(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

// A drawing of the page with its looks written into it, as it has no style sheet once it is alone.
function copyDrawing(drawing) {
  const copy = drawing.cloneNode(true);
  const copies = [copy, ...copy.querySelectorAll("*")];
  [drawing, ...drawing.querySelectorAll("*")].forEach((one, place) => {
    const looks = getComputedStyle(one);
    for (const look of LOOKS) if (looks.getPropertyValue(look)) copies[place].setAttribute(look, looks.getPropertyValue(look));
    copies[place].removeAttribute("class");
    if (one.matches(".now-line")) copies[place].setAttribute("visibility", "hidden");
  });
  copy.setAttribute("overflow", getComputedStyle(drawing).overflow.includes("hidden") ? "hidden" : "visible");
  return copy;
}

// The words of a text, line by line as the page broke them.
function* listLines(node) {
  const range = document.createRange(), found = [];
  for (const word of node.data.matchAll(/\S+/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const box = range.getBoundingClientRect(), last = found.at(-1);
    if (!box.width) continue;
    if (last && Math.abs(last.box.top - box.top) < 4) last.words.push(word[0]); else found.push({ box, words: [word[0]] });
  }
  yield* found;
}

function drawTexts(root, left, top, whole) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (isLeftOut(parent, root) || parent.closest("svg")) continue;
    const looks = getComputedStyle(parent), size = parseFloat(looks.fontSize);
    for (const { box, words } of listLines(walker.currentNode)) {
      whole.append(make("text", { x: box.left - left, y: box.top - top + box.height / 2 + size * .35, fill: looks.color,
        "font-size": size, "font-weight": looks.fontWeight }, words.join(" ")));
    }
  }
}

function drawPage(root, left, top, whole) {
  const fills = document.querySelector("svg.fills");
  if (fills) whole.append(copyDrawing(fills));
  for (const line of root.querySelectorAll(".row, .rows")) {
    const box = line.getBoundingClientRect(), looks = getComputedStyle(line);
    for (const [side, y] of [["Top", box.top], ["Bottom", box.bottom]]) {
      if (!parseFloat(looks[`border${side}Width`]) || isLeftOut(line, root)) continue;
      whole.append(make("line", { x1: box.left - left, x2: box.right - left, y1: y - top, y2: y - top,
        stroke: looks[`border${side}Color`] }));
    }
  }
  for (const drawing of root.querySelectorAll("svg:not(svg svg)")) {
    const box = drawing.getBoundingClientRect();
    if (!box.width || isLeftOut(drawing, root)) continue;
    const copy = copyDrawing(drawing);
    for (const [key, value] of Object.entries({ x: box.left - left, y: box.top - top, width: box.width, height: box.height })) {
      copy.setAttribute(key, value);
    }
    whole.append(copy);
  }
  drawTexts(root, left, top, whole);
}

function breakLine(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1) && lines.at(-1).length + word.length >= most) lines.push("");
    lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines;
}

// The picture: always dark on white, whatever the page is.
function drawPicture(root) {
  const said = JSON.parse(root.dataset.picture);
  document.documentElement.classList.add("for-picture");
  const box = root.getBoundingClientRect(), width = Math.ceil(box.width) + 2 * EDGE;
  const head = said.title ? breakLine(said.title, box.width / 8.5) : [];
  const above = EDGE + head.length * 22;
  const ends = [...root.children].filter(one => !one.matches(LEFT_OUT)).map(one => one.getBoundingClientRect().bottom);
  const foot = said.lines.flatMap(line => breakLine(line, box.width / 6.2));
  const below = above + Math.max(...ends) - box.top + 12, height = Math.ceil(below + foot.length * 17 + EDGE);
  const whole = make("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT });
  whole.append(make("title", {}, [said.title, ...said.lines].filter(Boolean).join(" – ")),
    make("rect", { width, height, fill: "#ffffff" }));
  head.forEach((line, place) => whole.append(make("text", { x: EDGE, y: EDGE + 16 + place * 22, "font-size": 17,
    "font-weight": 700, fill: "#1b1f24" }, line)));
  drawPage(root, box.left - EDGE, box.top - above, whole);
  foot.forEach((line, place) => whole.append(make("text", { x: EDGE, y: below + 14 + place * 17, "font-size": SMALL,
    fill: "#57606a" }, line)));
  document.documentElement.classList.remove("for-picture");
  return { said, width, height, text: new XMLSerializer().serializeToString(whole) };
}

async function paint({ width, height, text }) {
  const image = new Image(), canvas = document.createElement("canvas");
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise(done => canvas.toBlob(done, "image/png"));
}

// A cell that a spreadsheet would take for a formula gets a mark before it.
function writeTable(root) {
  const cell = text => `"${text.trim().replace(/^[=+@\t\r-]/, "'$&").replaceAll('"', '""')}"`;
  const { lines } = JSON.parse(root.dataset.picture), tables = [...root.querySelectorAll("table")];
  const rows = tables.flatMap(one => [[one.caption?.textContent ?? ""], ...[...one.rows].map(row => [...row.cells].map(c => c.textContent))]);
  return [...rows, ...lines.map(line => [line])].map(row => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

document.addEventListener("click", async event => {
  const button = event.target.closest?.("[data-save]"), root = button?.closest("[data-picture]");
  if (!root) return;
  const form = button.dataset.save;
  let blob;
  if (form === "csv") blob = new Blob(["\ufeff", writeTable(root)], { type: "text/csv" });
  else {
    const picture = drawPicture(root);
    blob = form === "png" ? await paint(picture) : new Blob([picture.text], { type: "image/svg+xml" });
  }
  const name = `${JSON.parse(root.dataset.picture).name}-${button.dataset.name}.${form}`;
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
});
