// Levers, asked for one at a time: while an answer is under way only the newest wish waits. Nothing leaves the machine.
"use strict";

const language = document.documentElement.lang;
const format = (value, digits = 3) => new Intl.NumberFormat(language, { maximumSignificantDigits: digits }).format(value);

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

  // What was set by the address and has no control of its own stays set.
  const owned = new Set(controls.flatMap(one => one.dataset.form === "choice"
    ? [...one.querySelectorAll("option")].flatMap(option => JSON.parse(option.value).map(change => change.split("=")[0]))
    : [one.dataset.path]));
  const others = JSON.parse(root.dataset.changes).filter(change => !owned.has(change.split("=")[0])
    || isSpread(change));

  function isSpread(change) {
    const [path, value] = [change.slice(0, change.indexOf("=")), change.slice(change.indexOf("=") + 1)];
    const control = controls.find(one => one.dataset.path === path && one.dataset.form !== "choice");
    return Boolean(control) && !(control.dataset.form === "factor" ? value.startsWith("*") : isFinite(value));
  }

  function read(control) {
    if (control.dataset.form === "choice") return JSON.parse(control.querySelector("select").value);
    const slider = control.querySelector("input");
    const value = round(slider), path = control.dataset.path;
    if (Math.abs(value - Number(slider.dataset.start)) < 1e-6) return [];
    return [control.dataset.form === "factor" ? `${path}=*${Number((2 ** value).toPrecision(4))}` : `${path}=${value}`];
  }

  function round(slider) {
    const step = Number(slider.dataset.step), start = Number(slider.dataset.start);
    const value = start + Math.round((Number(slider.value) - start) / step) * step;
    const inside = Math.min(Number(slider.max), Math.max(Number(slider.min), value));
    return Number(inside.toFixed(6));
  }

  function show(control) {
    const slider = control.querySelector("input[type=range]");
    if (slider) {
      const value = round(slider);
      const text = control.dataset.form === "factor" ? `× ${format(2 ** value)}` : format(value);
      control.querySelector("output").textContent = text;
      slider.setAttribute("aria-valuetext", text);
    }
    control.classList.toggle("is-moved", read(control).length > 0);
  }

  function query(runs) {
    const asked = new URLSearchParams();
    const touched = new Set();
    for (const control of controls) for (const change of read(control)) {
      asked.append("set", change);
      touched.add(change.split("=")[0]);
    }
    for (const change of others) if (!touched.has(change.split("=")[0])) asked.append("set", change);
    for (const answer of answers) asked.append("answer", answer);
    const ticks = [...root.querySelectorAll("input[name=view]")], on = ticks.filter(one => one.checked);
    if (on.length && on.length < ticks.length) for (const one of on) asked.append("view", one.value);
    if (seed) asked.set("seed", seed);
    if (runs !== Number(root.dataset.runs)) asked.set("runs", runs);
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
        history.replaceState(null, "", `${root.dataset.address}?${wanted}`);
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
    results.innerHTML = piece;
    const anew = [...results.querySelectorAll("details")];
    if (anew.length === open.length) anew.forEach((one, place) => { one.open = open[place]; });
  }

  const usual = Number(root.dataset.runs);
  if ("refine" in root.dataset) setTimeout(() => ask(usual, false)); // the first picture came of few runs, to come soon
  for (const control of controls) {
    show(control);
    control.addEventListener("input", () => { show(control); ask(300, false); });
    control.addEventListener("change", () => { show(control); ask(usual, true); });
    const slider = control.querySelector("input[type=range]");
    if (!slider) continue;
    slider.step = slider.dataset.step;
    slider.value = round(slider);
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
