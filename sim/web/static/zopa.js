// Levers, asked for one at a time: while an answer is under way only the newest wish waits. Nothing leaves the machine.
"use strict";

const language = document.documentElement.lang;
const format = (value, digits = 3) => new Intl.NumberFormat(language, { maximumSignificantDigits: digits }).format(value);

// An address that is passed on does not say that the note of care was read: whoever opens it reads it first.
const withoutCare = search => search.replace(/([?&])care=read(&|$)/, (_, before, after) => after ? before : "");
history.replaceState(history.state, "", location.pathname + withoutCare(location.search) + location.hash);

// The language switch keeps the state of the page.
for (const link of document.querySelectorAll("[data-language]")) {
  link.addEventListener("click", () => {
    const here = new URL(location.href);
    here.searchParams.set("lang", link.dataset.language);
    link.href = here.pathname + here.search + here.hash;
  });
}

// Why a file is not opened; what a terminal would say, in English, is marked as such.
function showRefusal(place, found) {
  const line = (text, code) => Object.assign(document.createElement("p"), { textContent: text, lang: code });
  place.replaceChildren(...found.said.map(text => line(text, language)), ...found.english.map(text => line(text, "en")));
}

function startExplore(root) {
  const results = root.querySelector("#results");
  const controls = [...root.querySelectorAll(".control")];
  let seed = root.dataset.seed;
  let answers = JSON.parse(root.dataset.answers);
  let busy = false, waiting = null, drawn = "";

  // A control that nobody touched sends what the address said of it, to the letter; what has none stays set, too.
  const given = new Map(controls.map(one => [one, JSON.parse(one.dataset.given)]));
  const owned = new Set([...given.values()].flat().map(change => change.split("=")[0]));
  const others = JSON.parse(root.dataset.changes).filter(change => !owned.has(change.split("=")[0]));

  function read(control) {
    if (given.has(control)) return given.get(control);
    if (control.dataset.form === "choice") return JSON.parse(control.querySelector("select").value);
    const slider = control.querySelector("input");
    const value = place(slider), path = control.dataset.path;
    if (Math.abs(value - Number(slider.dataset.start)) < 1e-6) return [];
    return [control.dataset.form === "factor" ? `${path}=*${Number((2 ** value).toPrecision(4))}` : `${path}=${value}`];
  }

  // The start is a place of the slider: its ends lie on whole steps from there, and what is beyond is not sent.
  function lay(slider) {
    const { low, high, step, start, value } = slider.dataset;
    slider.min = start - Math.ceil((start - low) / step - 1e-9) * step;
    slider.max = Number(start) + Math.ceil((high - start) / step - 1e-9) * step;
    slider.step = step;
    slider.value = value;
  }

  function place(slider) {
    const step = Number(slider.dataset.step), start = Number(slider.dataset.start);
    const value = start + Math.round((Number(slider.value) - start) / step) * step;
    const inside = Math.min(Number(slider.dataset.high), Math.max(Number(slider.dataset.low), value));
    return Number(inside.toFixed(6));
  }

  function show(control) {
    const slider = control.querySelector("input[type=range]");
    if (slider) {
      const value = given.has(control) ? Number(slider.dataset.value) : place(slider);
      const said = given.has(control) ? control.dataset.said : "";
      const text = said || (control.dataset.form === "factor" ? `× ${format(2 ** value)}` : format(value));
      control.querySelector("output").textContent = text;
      slider.setAttribute("aria-valuetext", text);
    }
    control.classList.toggle("is-moved", read(control).length > 0);
  }

  function query(runs) {
    const asked = new URLSearchParams();
    for (const change of [...controls.flatMap(read), ...others]) asked.append("set", change);
    for (const answer of answers) asked.append("answer", answer);
    const ticks = [...root.querySelectorAll("input[name=view]")], on = ticks.filter(one => one.checked);
    if (on.length && on.length < ticks.length) for (const one of on) asked.append("view", one.value);
    if (seed) asked.set("seed", seed);
    if (runs !== Number(root.dataset.runs)) asked.set("runs", runs);
    if (root.dataset.care) asked.set("care", root.dataset.care);
    asked.set("lang", root.dataset.lang);
    return asked.toString().replaceAll("%3D", "=").replaceAll("%2A", "*");
  }

  async function ask(runs, keep) {
    waiting = { runs, keep };
    if (busy) return;
    busy = true;
    results.setAttribute("aria-busy", "true");
    while (waiting) {
      const now = waiting;
      waiting = null;
      const wanted = query(now.runs);
      if (now.keep) {
        history.replaceState(null, "", root.dataset.address + withoutCare(`?${wanted}`));
        root.querySelector("#download").href = `${root.dataset.address}/scenario.yaml?${wanted}`;
      }
      if (wanted === drawn) continue;
      try {
        const answer = await fetch(`${root.dataset.address}/results?${wanted}`);
        draw(await answer.text());
        drawn = wanted;
      } catch {
        draw(`<p class="refused" role="alert"></p>`);
        results.querySelector(".refused").textContent = root.dataset.failed;
      }
    }
    busy = false;
    results.removeAttribute("aria-busy");
    results.dataset.drawn = String(Number(results.dataset.drawn || 0) + 1);
  }

  function draw(piece) {
    const open = [...results.querySelectorAll("details")].map(one => one.open);
    const moveDots = rememberDots(results);
    results.innerHTML = piece;
    const anew = [...results.querySelectorAll("details")];
    if (anew.length === open.length) anew.forEach((one, place) => { one.open = open[place]; });
    moveDots();
  }

  const usual = Number(root.dataset.runs);
  if ("refine" in root.dataset) setTimeout(() => ask(usual, false)); // the first picture came of few runs, to come soon
  for (const control of controls) {
    const slider = control.querySelector("input[type=range]");
    if (slider) lay(slider);
    show(control);
    const touch = (runs, keep) => { given.delete(control); show(control); ask(runs, keep); };
    control.addEventListener("input", () => touch(300, false));
    control.addEventListener("change", () => touch(usual, true));
  }
  for (const box of root.querySelectorAll("input[name=view]")) box.addEventListener("change", () => ask(usual, true));
  for (const one of root.querySelectorAll("[data-question]")) {
    one.addEventListener("change", () => {
      answers = answers.filter(answer => answer.split("=")[0] !== one.dataset.question);
      if (one.value) answers.push(`${one.dataset.question}=${one.value}`);
      ask(usual, true);
    });
  }
  root.querySelector("#preset")?.addEventListener("change", event => { location.href = event.target.value; });
  root.querySelector("#reset").addEventListener("click", () => {
    others.length = 0;
    given.clear();
    for (const control of controls) {
      const slider = control.querySelector("input[type=range]");
      if (slider) slider.value = slider.dataset.start; else control.querySelector("select").selectedIndex = 0;
      show(control);
    }
    ask(usual, true);
  });
  root.querySelector("#new-seed").addEventListener("click", async () => {
    seed = String(crypto.getRandomValues(new Uint32Array(1))[0]);
    await ask(usual, true);
    const said = root.querySelector("#seed");
    said.textContent = said.textContent.replace(/\d+/, seed);
  });
  root.querySelector("#more-runs").addEventListener("click", () => ask(Number(root.dataset.more), true));
  root.querySelector("#open").addEventListener("change", async event => {
    const file = event.target.files[0], said = root.querySelector("#open-said");
    if (!file) return;
    const answer = await fetch(`/open?lang=${root.dataset.lang}`, { method: "POST", body: file });
    const found = await answer.json();
    if (found.address) location.href = found.address; else showRefusal(said, found);
  });
}

// A lesson: the answer is shown once something was predicted.
function startLesson(step) {
  const reveal = step.querySelector(".reveal"), summary = reveal.querySelector("summary");
  const boxes = [...step.querySelectorAll("input[type=radio]")];
  // Later steps come once this one is answered, as they may give its answer away.
  const next = step.nextElementSibling;
  if (next && next.matches(".step")) {
    next.hidden = true;
    reveal.addEventListener("toggle", () => { if (reveal.open) next.hidden = false; });
  }
  summary.setAttribute("aria-disabled", "true");
  summary.addEventListener("click", event => {
    if (summary.getAttribute("aria-disabled") === "true") { event.preventDefault(); boxes[0].focus(); }
  });
  for (const box of boxes) {
    box.addEventListener("change", () => {
      summary.removeAttribute("aria-disabled");
      const right = box.value === reveal.dataset.answer;
      reveal.querySelector(".verdict").textContent = right ? reveal.dataset.right : reveal.dataset.wrong;
    });
  }
}

const explore = document.getElementById("explore");
if (explore) startExplore(explore);
for (const step of document.querySelectorAll(".step")) startLesson(step);
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
