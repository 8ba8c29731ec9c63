// Optional. Single keys for sorting: j and k go through a page's items, the others press what the page already offers.
// A page says which key presses what by aria-keyshortcuts, and what can be gone through by data-item. "?" lists the keys.
(() => {
  "use strict";
  const OFF = "heed:keys-off", PLACE = "heed:keys-place";
  const OPENS = { o: "owner", p: "promise", d: "done", x: "decline" };
  const FIELDS = "input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]";
  const store = { get: (kept, name) => { try { return kept.getItem(name); } catch { return null; } },
    set: (kept, name, value) => { try { kept.setItem(name, value); } catch { /* then it is forgotten */ } } };
  const dialog = () => document.getElementById("keys");
  const seen = (each) => each.getClientRects().length > 0;
  const items = () => [...document.querySelectorAll("[data-item], li.improvement, li.card.quote")].filter(seen);
  let last = null, busy = false;
  // While an act is on its way keys do nothing: the next one would meet an item that nobody has seen yet.
  const wait = (whether) => { busy = whether; document.documentElement.toggleAttribute("data-keys-wait", whether); };

  const current = () => {
    const at = document.activeElement && document.activeElement.closest("[data-item], li.improvement, li.card.quote");
    return at || (last && last.isConnected ? last : null);
  };
  const go = (item) => {
    if (!item) return;
    if (!item.hasAttribute("tabindex")) item.tabIndex = -1;
    last = item;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const all = items(), at = all.indexOf(current());
    go(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)]);
  };

  // What a key presses: something of the item, else of its group's head, else of the page; never of another item.
  const offered = (key) => {
    const wanted = `[aria-keyshortcuts~="${key}"]`, item = current();
    const group = item && item.closest("[data-group]");
    const head = group && group.querySelector("[data-head]");
    const own = (item && item.querySelector(wanted)) || (head && head.querySelector(wanted));
    if (own || key === "Enter") return own;
    return [...document.querySelectorAll(wanted)].find((each) => !each.closest("[data-item], [data-group]")) || null;
  };
  const open = (details) => {
    details.open = true;
    const field = [...details.querySelectorAll(FIELDS)].find(seen);
    if (field) { field.focus(); if (field.select) field.select(); }
    details.scrollIntoView({ block: "nearest" });
  };
  // What comes after the item at hand (or, where a whole group goes, after that) is where sorting goes on.
  const remember = (where, item, group) => {
    const all = items(), at = all.indexOf(item);
    if (at < 0) return;
    const next = all.slice(at + 1).find((each) => !group || !group.contains(each));
    store.set(sessionStorage, PLACE, JSON.stringify({ where, at, name: next ? next.dataset.item : null }));
  };
  const here = () => location.pathname + location.search;
  const press = (it) => {
    if (it.matches("summary")) { open(it.parentElement); return; }
    if (it.matches("a") && it.closest("[data-item^=m]")) remember(here(), current(), null);
    it.click();
  };

  // Where a page has no button for a key: an improvement in a list opens with the form, its own page opens the form itself.
  const otherwise = (key) => {
    const item = current(), link = item && item.matches("li.improvement") && item.querySelector("h2 a, h3 a");
    if (link && key === "Enter") { link.click(); return true; }
    if (link && OPENS[key]) { location.assign(`${link.href}?open=${OPENS[key]}`); return true; }
    if (link && key === "m") { location.assign(`${link.href}/choose`); return true; }
    const form = OPENS[key] && document.querySelector(`details form[action$="/${OPENS[key]}"]`);
    if (form) { open(form.closest("details")); return true; }
    const choose = key === "m" && document.querySelector("main a[href$='/choose']");
    if (choose) choose.click();
    return Boolean(choose);
  };

  const help = () => { const box = dialog(); if (box && !box.open) box.showModal(); };
  const typing = (at) => at.closest(FIELDS) || at.isContentEditable;
  const act = (key) => {
    if (key === "?") { help(); return true; }
    if (key === "j" || key === "k") { step(key === "j" ? 1 : -1); return true; }
    if (key === "Enter" && document.activeElement !== current()) return false;
    if (!/^([amnsopdxu1-9]|Enter)$/.test(key)) return false;
    const it = offered(key);
    if (it) press(it);
    return Boolean(it) || otherwise(key);
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (store.get(localStorage, OFF) || (dialog() && dialog().open)) return;
    if (typing(event.target)) {
      if (event.key === "Escape" && current()) go(current());
      return;
    }
    if (event.repeat && event.key !== "j" && event.key !== "k") return;
    if (busy || act(event.key)) event.preventDefault();
  });

  // After an act the page comes back without what was sorted: go on with what came after it.
  const place = () => JSON.parse(store.get(sessionStorage, PLACE) || "null");
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    const back = event.target.elements.back, where = back ? back.value : here();
    const whole = event.submitter && event.submitter.value !== "own" && event.submitter.closest("[data-head], .group-foot");
    const item = event.target.closest("[data-item]") || current();
    if (where === here()) remember(where, item, whole && event.target.closest("[data-group]"));
    wait(!event.defaultPrevented || Boolean(event.target.closest("[hx-boost=true]")));
  });
  const goOn = () => {
    wait(false);
    const kept = place(), all = items();
    if (kept && kept.where === here() && all.length) {
      store.set(sessionStorage, PLACE, "null");
      go(all.find((each) => kept.name && each.dataset.item === kept.name) || all[Math.min(kept.at, all.length - 1)]);
    } else if (document.querySelector("[data-begin], .undoable ~ * [data-group]")) step(1);
  };
  const ready = () => {
    for (const button of document.querySelectorAll("[data-keys-help]")) {
      button.hidden = false;
      button.onclick = help;
    }
    const box = document.querySelector("[data-keys-switch]"), wanted = new URLSearchParams(location.search).get("open");
    if (box) {
      box.checked = !store.get(localStorage, OFF);
      box.onchange = () => { if (box.checked) localStorage.removeItem(OFF); else store.set(localStorage, OFF, "1"); };
    }
    document.documentElement.classList.toggle("has-keys", !store.get(localStorage, OFF));
    const form = wanted && document.querySelector(`details form[action$="/${CSS.escape(wanted)}"]`);
    if (form) open(form.closest("details"));
    goOn();
  };
  document.addEventListener("focusin", (event) => { last = event.target.closest("[data-item]") || last; });
  document.addEventListener("htmx:afterSettle", ready);
  for (const failed of ["htmx:responseError", "htmx:sendError"]) document.addEventListener(failed, () => wait(false));
  window.addEventListener("pageshow", () => wait(false));
  ready();
})();
