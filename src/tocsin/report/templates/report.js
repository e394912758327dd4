"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  root.classList.add("js");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const narrow = matchMedia("(max-width: 60rem)");

  // ---- which pieces of text belong to which event --------------------------------------------
  const pieces = new Map(); // event number -> [[element, role], ...] in the order of the text
  const eventsOf = new WeakMap(); // element -> the events whose trigger it is
  for (const element of all(".text [data-r]")) {
    for (const pair of element.dataset.r.split(" ")) {
      const number = pair.slice(0, -1);
      const role = pair.slice(-1);
      if (!pieces.has(number)) pieces.set(number, []);
      pieces.get(number).push([element, role]);
      if (role === "t") eventsOf.set(element, [...(eventsOf.get(element) || []), number]);
    }
  }
  const records = new Map(all(".record").map((record) => [record.dataset.n, record]));
  const byAnchor = new Map([...records].map(([number, record]) => [record.id, number]));
  const triggerOf = (number) => (pieces.get(number) || []).find(([, role]) => role === "t")?.[0];
  // Of several events on one word, a second click shows the next.
  const nextOf = (element, current) => {
    const here = eventsOf.get(element);
    return here[(here.indexOf(current) + 1) % here.length];
  };

  // ---- showing one event ----------------------------------------------------------------------
  let shown = null;
  let kept = null;

  function unmark(number) {
    for (const [element] of pieces.get(number) || []) {
      element.classList.remove("in", "ev", "role", "chosen");
      element.removeAttribute("data-label");
    }
    const record = records.get(number);
    record.classList.remove("open");
    record.querySelector(".head").setAttribute("aria-expanded", "false");
    record.closest(".article").classList.remove("has-open");
  }

  function mark(number) {
    const labelled = new Map(); // role -> the piece that ended last, so that a label stands once a run
    for (const [element, role] of pieces.get(number) || []) {
      element.classList.add("in");
      if (role === "e") element.classList.add("ev");
      if (role === "t") element.classList.add("chosen");
      const label = data.roles[role];
      if (!label) continue;
      element.classList.add("role");
      if (element.previousSibling !== labelled.get(role) || !labelled.has(role)) {
        const others = element.dataset.label;
        element.dataset.label = others && others !== label ? others + ", " + label : label;
      }
      labelled.set(role, element);
    }
    const record = records.get(number);
    record.classList.add("open");
    record.querySelector(".head").setAttribute("aria-expanded", "true");
    record.closest(".article").classList.add("has-open");
    const aside = record.closest(".records");
    if (!narrow.matches) {
      const [top, height] = [record.offsetTop - aside.offsetTop, record.offsetHeight];
      if (top < aside.scrollTop || top + height > aside.scrollTop + aside.clientHeight) {
        aside.scrollTop = Math.max(0, top - 8);
      }
    } else {
      record.scrollTop = 0;
    }
  }

  function show(number) {
    if (number === shown) return;
    if (shown !== null) unmark(shown);
    shown = number;
    if (shown !== null) mark(shown);
  }

  function scrollTo(element, block) {
    element.scrollIntoView({ block, behavior: "instant" });
    // Articles on the way are laid out only when they come into sight: once more, when they are.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      element.scrollIntoView({ block, behavior: "instant" });
    }));
  }

  function keep(number, { intoView = false } = {}) {
    kept = number;
    show(number);
    const hash = number === null ? location.pathname + location.search : "#" + records.get(number).id;
    try { history.replaceState(null, "", hash); } catch { /* some browsers refuse on file:// */ }
    if (number === null) return;
    const trigger = triggerOf(number);
    // On a narrow screen the record covers the lower half: the words go above it.
    if (narrow.matches && trigger?.getBoundingClientRect().bottom > innerHeight * 0.4) {
      scrollTo(trigger, "start");
    } else if (intoView && trigger) {
      scrollTo(trigger, "center");
    }
  }

  // ---- pointing, clicking, keys ------------------------------------------------------------------
  let timer = 0;
  const soon = (action) => { clearTimeout(timer); timer = setTimeout(action, 90); };
  const triggerAt = (event) => event.target.closest?.(".text .t");

  if (matchMedia("(hover: hover)").matches) {
    document.addEventListener("pointerover", (event) => {
      const trigger = triggerAt(event);
      if (!trigger || narrow.matches) return;
      soon(() => { if (!eventsOf.get(trigger).includes(shown)) show(eventsOf.get(trigger)[0]); });
    });
    document.addEventListener("pointerout", (event) => {
      if (triggerAt(event) && !narrow.matches) soon(() => show(kept));
    });
  }
  document.addEventListener("focusin", (event) => {
    const trigger = triggerAt(event);
    if (trigger) clearTimeout(timer); // the one that lost the focus must not close this one
    if (trigger && trigger.matches(":focus-visible") && !eventsOf.get(trigger).includes(shown)) {
      show(eventsOf.get(trigger)[0]);
    }
  });
  document.addEventListener("focusout", (event) => {
    if (triggerAt(event) && !narrow.matches) soon(() => show(kept));
  });
  document.addEventListener("click", (event) => {
    clearTimeout(timer);
    const trigger = triggerAt(event);
    if (trigger) {
      event.preventDefault();
      const here = eventsOf.get(trigger);
      keep(here.includes(kept) ? nextOf(trigger, kept) : here.includes(shown) ? shown : here[0]);
      // A click without a pointer is the Enter key: go to the record, Escape comes back.
      if (event.detail === 0) records.get(kept).querySelector(".head").focus();
      return;
    }
    const link = event.target.closest?.('a[href^="#e-"]');
    if (link) {
      event.preventDefault();
      const number = byAnchor.get(link.getAttribute("href").slice(1));
      if (link.matches(".head") && kept === number) keep(null);
      else keep(number, { intoView: true });
      return;
    }
    const record = event.target.closest?.(".record");
    if (record && event.target.matches("[data-back]")) {
      const trigger = triggerOf(record.dataset.n);
      if (trigger) scrollTo(trigger, narrow.matches ? "start" : "center");
      trigger?.focus({ preventScroll: true });
    } else if (record && event.target.matches("[data-close]")) {
      release();
    }
  });
  function release() {
    const trigger = kept === null ? null : triggerOf(kept);
    const inside = kept !== null && records.get(kept).contains(document.activeElement);
    keep(null);
    if (inside) trigger?.focus({ preventScroll: true });
    show(null);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown !== null) release();
  });
  document.addEventListener("toggle", (event) => {
    const pre = event.target.matches?.(".raw") ? event.target.querySelector("pre") : null;
    if (pre && !pre.textContent) {
      const number = event.target.closest(".record").dataset.n;
      pre.textContent = JSON.stringify(data.records[number], null, 1);
    }
  }, true);
  for (const head of all(".record .head")) head.setAttribute("aria-expanded", "false");
  function fromAddress() {
    const number = byAnchor.get(decodeURIComponent(location.hash.slice(1)));
    if (number !== undefined) keep(number, { intoView: true });
  }
  addEventListener("hashchange", fromAddress);

  // ---- the table ----------------------------------------------------------------------------------
  const table = document.querySelector(".events");
  if (table) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
    const filters = Object.fromEntries(all("[data-filter]").map((f) => [f.dataset.filter, f]));
    const output = document.querySelector(".filters output");
    const filter = () => {
      const wanted = filters.words.value.trim().toLowerCase();
      let count = 0;
      for (const row of rows) {
        const fits =
          (!filters.type.value || row.dataset.filterType === filters.type.value) &&
          (!filters.status.value || row.dataset.status === filters.status.value) &&
          (!filters.dyad.value || row.dataset.dyads.split("|").includes(filters.dyad.value)) &&
          (!wanted || words.get(row).includes(wanted));
        row.hidden = !fits;
        count += fits;
      }
      output.textContent = `${count} of ${rows.length}`;
    };
    for (const field of Object.values(filters)) field.addEventListener("input", filter);
    document.querySelector("[data-clear]").addEventListener("click", () => {
      for (const field of Object.values(filters)) field.value = "";
      filter();
    });
    for (const head of all("thead th", table)) {
      head.querySelector("button").addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of all("thead th", table)) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = head.dataset.key;
        const value = (row) => row.dataset[key];
        rows.sort((a, b) => {
          // What has no value stands last, whichever way the rest is sorted.
          if (!value(a) || !value(b)) return (value(b) ? 1 : 0) - (value(a) ? 1 : 0) || a.dataset.n - b.dataset.n;
          const order = key === "order" ? a.dataset.n - b.dataset.n : value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0;
          return (down ? -order : order) || a.dataset.n - b.dataset.n;
        });
        body.append(...rows);
      });
    }
    filter(); // a browser may have kept the choices over a reload
  }

  // ---- the charts ---------------------------------------------------------------------------------
  for (const place of all("[data-chart]")) {
    vegaEmbed(place, data.charts[place.dataset.chart], {
      mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false,
      tooltip: { disableDefaultStyle: true },
    }).then(({ view }) => {
      view.addEventListener("click", (_, item) => {
        if (item?.datum?.n) keep(String(item.datum.n), { intoView: true });
      });
    });
  }
  fromAddress();
})();
