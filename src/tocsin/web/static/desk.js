// The desk's manners. Every page works without: this adds brushing, marking and waiting.
"use strict";
(() => {
  document.documentElement.classList.add("js");
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // A choice narrows at once; text waits for Enter. What is not set (of a choice its first, which is
  // what the desk takes anyway) is left out of the address.
  for (const form of $$("form[data-narrow]")) {
    for (const one of $$("select", form)) one.addEventListener("change", () => form.requestSubmit());
    form.addEventListener("submit", () => {
      for (const one of $$("input", form)) if (!one.value) one.disabled = true;
      for (const one of $$("select", form)) if (!one.selectedIndex) one.disabled = true;
    });
  }
  // Who comes back sees in the fields what the address says.
  addEventListener("pageshow", event => {
    $$("form[data-narrow] :disabled").forEach(one => { one.disabled = false; });
    if (event.persisted) $$("form[data-narrow]").forEach(form => form.reset());
  });

  // What is still being worked out: ask for it, and put it in its place when it is there, but not
  // where somebody writes, whose words would be lost. The answer for programs waits for what takes
  // seconds; what takes longer is asked for again until something is new.
  let seen = null;
  const parts = () => $$("[data-pending]").map(one => one.closest("section[aria-labelledby]") || one);
  const same = (part, page) => part.hasAttribute("aria-labelledby")
    ? $(`section[aria-labelledby="${CSS.escape(part.getAttribute("aria-labelledby"))}"]`, page)
    : page.getElementById(part.id);
  const wait = async () => {
    const address = $("[data-pending]").dataset.pending;
    try {
      const values = await fetch(address, { headers: { Accept: "application/json" } });
      const tag = values.headers.get("ETag");
      const answer = values.ok && tag !== seen
        && await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer && answer.ok) {
        seen = tag;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const part of parts()) {
          const fresh = same(part, page);
          const writes = $("input:focus, select:focus, textarea:focus", part);
          if (!fresh || writes || fresh.outerHTML === part.outerHTML) continue;
          part.replaceWith(document.adoptNode(fresh));
          $$("[data-brush]", fresh).forEach(brush);
        }
      }
    } catch { /* the desk is gone for the moment */ }
    if ($("[data-pending]")) setTimeout(wait, 1500);
  };
  if ($("[data-pending]")) setTimeout(wait, 200);
  const again = $("[data-again]");
  if (again) setTimeout(() => location.reload(), 1000 * Number(again.dataset.again));

  // Drag over the days of a chart to look at them alone.
  const brush = box => {
    const plot = () => $$(".background", box).map(one => one.getBoundingClientRect())
      .filter(one => one.width > 40).sort((a, b) => b.width - a.width)[0];
    const first = Date.parse(box.dataset.since), last = Date.parse(box.dataset.until);
    if (!(last > first)) return;
    let from = null, band = null, words = null;
    const day = x => {
      const area = plot();
      const part = Math.min(1, Math.max(0, (x - area.left) / area.width));
      return new Date(first + part * (last - first)).toISOString().slice(0, 10);
    };
    const show = x => {
      const area = plot(), own = box.getBoundingClientRect();
      const clamp = value => Math.min(area.right, Math.max(area.left, value));
      const left = clamp(Math.min(from, x)), right = clamp(Math.max(from, x));
      band.style.left = words.style.left = `${left - own.left}px`;
      band.style.width = `${right - left}px`;
      words.textContent = `${day(left)} to ${day(right)}`;
    };
    const stop = () => { band?.remove(); words?.remove(); from = band = words = null; };
    box.classList.add("on");
    box.addEventListener("pointerdown", event => {
      if (event.button !== 0 || !plot()) return;
      from = event.clientX;
      band = box.appendChild(Object.assign(document.createElement("div"), { className: "brush-band" }));
      words = box.appendChild(Object.assign(document.createElement("div"), { className: "brush-words" }));
      box.setPointerCapture(event.pointerId);
      event.preventDefault();
      show(from);
    });
    box.addEventListener("pointermove", event => { if (from !== null) show(event.clientX); });
    box.addEventListener("pointercancel", stop);
    box.addEventListener("pointerup", event => {
      if (from === null) return;
      const [a, b] = [from, event.clientX].sort((x, y) => x - y);
      const wide = b - a > 6;
      const where = new URL(box.dataset.brush, location.href);
      where.searchParams.set("since", day(a));
      where.searchParams.set("until", day(b));
      stop();
      if (wide) location.assign(where);
    });
  };

  // The desk by keyboard: a letter presses what is marked with it, or goes there. Escape leaves a
  // field, in which letters are letters.
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const one = $(`[data-key="${CSS.escape(event.key)}"]`), field = $(`[data-focus="${CSS.escape(event.key)}"]`);
    if (one) { event.preventDefault(); one.click(); } else if (field) { event.preventDefault(); field.focus(); }
  });
  const named = $("#decide [name=who]");
  if (named) {
    const same = () => $$("[data-who]").forEach(one => { one.value = named.value; });
    named.addEventListener("input", same);
    same();
    for (const form of $$("#merge, #split")) form.addEventListener("submit", event => {
      if (!named.value.trim()) { event.preventDefault(); named.focus(); named.reportValidity(); }
    });
  }

  // In an article: the record of an event marks its words in the text, and the other way round.
  const reading = () => {
    const text = $(".article-page .text");
    if (!text) return;
    const mark = number => {
      for (const piece of $$("[data-r]", text)) {
        const roles = piece.dataset.r.split(" ").filter(one => parseInt(one, 10) === number)
          .map(one => one.replace(/^\d+/, "")).filter(one => one !== "n" && one !== "e");
        piece.classList.toggle("on", roles.length > 0);
        for (const role of "tarsdpqoclu") piece.classList.toggle(`is-${role}`, roles.includes(role));
      }
    };
    for (const record of $$(".record")) {
      const details = $("details", record);
      details.addEventListener("toggle", () => { if (details.open) mark(Number(record.dataset.n)); });
    }
    const target = () => {
      const one = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      return one && one.classList.contains("record") ? one : null;
    };
    // The words come into view in the text, and the record in its own list where it has one.
    const show = block => {
      const one = target(), list = $(".records");
      if (!one) return;
      if (getComputedStyle(list).position === "sticky") {
        list.scrollTop += one.getBoundingClientRect().top - list.getBoundingClientRect().top;
      }
      $(`[data-r~="${one.dataset.n}t"]`, text)?.scrollIntoView({ block });
    };
    const open = block => {
      const one = target();
      if (!one) return;
      $("details", one).open = true;
      mark(Number(one.dataset.n));
      one.focus({ preventScroll: true });
      show(block);
    };
    addEventListener("hashchange", () => open("nearest"));
    open("center");
    // The browser goes to the record by itself when all is loaded, and away from the text.
    addEventListener("load", () => requestAnimationFrame(() => show("center")));
  };

  $$("[data-brush]").forEach(brush);
  reading();
})();
