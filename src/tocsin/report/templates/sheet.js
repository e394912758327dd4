"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  document.documentElement.classList.add("js");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const cards = all(".card");
  const key = `tocsin-sheet-${data.sample}`;
  const judged = new Set([...data.yesNo, "missed"]);

  // ---- the answers: row -> column -> value ------------------------------------------------------
  let answers = Object.create(null);
  let stored = true;
  let unsaved = false;
  try {
    // Another page may have left anything under this name: take only what can be an answer.
    const old = JSON.parse(localStorage.getItem(key) || "{}");
    for (const row of Object.keys(data.rows)) {
      for (const [column, value] of Object.entries(old[row] || {})) {
        if ((judged.has(column) || column === "note") && typeof value === "string") put(row, column, value);
      }
    }
  } catch { stored = false; }
  all(".kept").forEach((place) => {
    place.textContent = stored
      ? "Your judgements stay in this browser until you start over. Save the filled sheet when you are done, or from time to time."
      : "This browser keeps nothing for this page: save the filled sheet before you close it.";
  });

  function put(row, column, value) {
    answers[row] ||= Object.create(null);
    if (value) answers[row][column] = value;
    else delete answers[row][column];
  }
  const said = (card, column) => answers[card.dataset.row]?.[column] || "";
  const noEvent = (card) => said(card, "is_event") === "n";
  function done(card) {
    if (card.dataset.kind !== "event") return said(card, "missed") !== "";
    return noEvent(card) || data.yesNo.every((column) => said(card, column));
  }

  // ---- what is shown ----------------------------------------------------------------------------
  let card = cards[0];
  let column = null;
  const questions = (of) => all(".q", of);
  const required = (of) => questions(of).filter((q) => !q.matches(".optional")).map((q) => q.dataset.column);
  const open = (of) => (done(of) ? null : required(of).find((name) => !said(of, name)) || null);

  function paint(of) {
    for (const q of questions(of)) {
      const value = said(of, q.dataset.column);
      q.classList.toggle("here", of === card && q.dataset.column === column);
      q.classList.toggle("off", noEvent(of) && !["is_event", "missed"].includes(q.dataset.column));
      for (const button of all("button", q)) {
        button.setAttribute("aria-pressed", String(button.dataset.value === value));
      }
      // A number that has no button of its own stands beside the buttons.
      q.querySelector(".coded").dataset.more = /^\d+$/.test(value) && value > 3 ? value : "";
    }
    const note = of.querySelector("input");
    if (document.activeElement !== note) note.value = said(of, "note");
    of.classList.toggle("current", of === card);
    of.classList.toggle("done", done(of));
  }
  function progress() {
    const count = cards.filter(done).length;
    document.querySelector("progress").value = count;
    document.querySelector(".bar-below output").textContent = `${count} of ${cards.length} judged`;
  }
  function go(to, name, { scroll = true } = {}) {
    const before = card;
    card = to;
    column = name ?? open(card) ?? required(card)[0];
    paint(before);
    paint(card);
    if (!scroll) return;
    card.scrollIntoView({ block: "nearest", behavior: "instant" });
    // A card can be higher than a small screen: then its question comes first.
    card.querySelector(".q.here")?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }
  function keep() {
    unsaved = true;
    try { localStorage.setItem(key, JSON.stringify(answers)); } catch { stored = false; }
    progress();
  }

  // ---- judging ----------------------------------------------------------------------------------
  function answer(value) {
    put(card.dataset.row, column, value);
    keep();
    const names = required(card);
    const rest = names.slice(names.indexOf(column) + 1).find((name) => !said(card, name));
    const next = cards[cards.indexOf(card) + 1];
    if (!done(card)) go(card, rest ?? open(card));
    else if (next) go(next);
    else go(card, column);
  }
  function step(by) {
    const names = questions(card).map((q) => q.dataset.column);
    go(card, names[Math.max(0, Math.min(names.length - 1, names.indexOf(column) + by))]);
  }
  const row = (by) => cards[Math.max(0, Math.min(cards.length - 1, cards.indexOf(card) + by))];

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".answers button");
    const inside = event.target.closest?.(".card");
    if (button) {
      const of = button.closest(".card");
      const name = button.closest(".q").dataset.column;
      const again = said(of, name) === button.dataset.value;
      put(of.dataset.row, name, again ? "" : button.dataset.value);
      keep();
      go(of, again ? name : open(of) ?? name, { scroll: false });
    } else if (inside && inside !== card) {
      go(inside, null, { scroll: false });
    }
  });
  document.addEventListener("input", (event) => {
    const of = event.target.closest?.(".card");
    if (!of) return;
    put(of.dataset.row, "note", event.target.value.trim());
    keep();
  });
  document.addEventListener("focusin", (event) => {
    const of = event.target.closest?.(".card");
    if (of && of !== card) go(of, event.target.closest(".q")?.dataset.column, { scroll: false });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const note = event.target.matches?.("input");
    if (note) {
      if (event.key === "Escape" || event.key === "Enter") {
        event.target.blur();
        event.preventDefault();
      }
      return;
    }
    const pressed = event.key.toLowerCase();
    const number = column === "missed";
    if ("u?".includes(pressed)) answer("u");
    else if (number && /^[0-9]$/.test(pressed)) answer(pressed);
    else if (!number && "y1".includes(pressed)) answer("y");
    else if (!number && "n0".includes(pressed)) answer("n");
    else if (pressed === "arrowdown" || pressed === "j") go(row(1));
    else if (pressed === "arrowup" || pressed === "k") go(row(-1));
    else if (pressed === "arrowright") step(1);
    else if (pressed === "arrowleft" || pressed === "backspace") step(-1);
    else if (pressed === "m") go(card, "missed");
    else if (pressed === "t") card.querySelector("input").focus();
    else return;
    event.preventDefault();
  });
  document.querySelector("[data-next]").addEventListener("click", () => {
    const at = cards.indexOf(card);
    const next = [...cards.slice(at + 1), ...cards.slice(0, at + 1)].find((of) => !done(of));
    if (next) go(next);
  });
  document.querySelector("[data-afresh]").addEventListener("click", () => {
    if (!confirm("Forget every judgement on this page?")) return;
    answers = Object.create(null);
    try { localStorage.removeItem(key); } catch { /* nothing was kept there */ }
    unsaved = false;
    cards.forEach(paint);
    progress();
    go(cards[0], required(cards[0])[0]);
  });

  // ---- saving: the sheet as it was given, its judgement columns filled --------------------------
  const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
  const safe = (text) => (formula.test(text.replace(/^'+/, "")) ? "'" + text : text);
  const cell = (text) => (/[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text);
  function csv() {
    const lines = [data.columns];
    for (const [number, given] of Object.entries(data.rows)) {
      const own = answers[number] || {};
      const none = own.is_event === "n";
      lines.push(data.columns.map((name, at) => {
        if (name === "note") return safe(own.note || "");
        if (!judged.has(name)) return given[at];
        return none && !["is_event", "missed"].includes(name) ? "" : own[name] || "";
      }));
    }
    return "\ufeff" + lines.map((values) => values.map(cell).join(",") + "\n").join("");
  }
  let address = null;
  document.querySelector(".save").addEventListener("click", (event) => {
    if (address) URL.revokeObjectURL(address);
    address = URL.createObjectURL(new Blob([csv()], { type: "text/csv;charset=utf-8" }));
    event.currentTarget.href = address;
    unsaved = false;
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved && !stored) event.preventDefault();
  });

  cards.forEach(paint);
  progress();
  go(cards.find((of) => !done(of)) || cards[0], null, { scroll: false });
})();
