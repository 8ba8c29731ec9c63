// Optional. Where the network or the server fails, answers wait on this device (a day at most) and go again by themselves.
(() => {
  "use strict";
  const DAY = 864e5, PREFIX = "heed:";
  const form = document.querySelector("form[data-survey]");
  const status = document.querySelector("[data-status]");
  const store = window.localStorage;
  const say = (words) => { if (status) status.textContent = words; };

  const keep = (action, pairs) => {
    const ticket = pairs.find(([name]) => name === "ticket")[1];
    const key = PREFIX + ticket.slice(-40);
    try { store.setItem(key, JSON.stringify({ action, pairs, at: Date.now() })); } catch { return null; }
    return key;
  };
  const drop = (key) => { if (key) store.removeItem(key); };
  const post = (action, pairs) => fetch(action, { method: "POST", body: new URLSearchParams(pairs), redirect: "error" });
  const later = (answer) => answer.status === 429 || answer.status >= 502;
  const show = (html) => { document.open(); document.write(html); document.close(); };

  // What was kept by an earlier page goes again; a ticket that has run out is replaced by the one the server hands back.
  const resend = async (key, kept, tries) => {
    const answer = await post(kept.action, kept.pairs);
    if (later(answer)) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const ticket = page.querySelector("input[name=ticket]");
    if (answer.status === 409 && ticket && tries && !page.querySelector(".left")) {
      const pairs = [...new FormData(ticket.form)];
      await resend(key, { action: kept.action, pairs }, tries - 1);
      return;
    }
    if (!answer.ok) return;
    drop(key);
    const code = page.querySelector("output");
    if (code) say(`${form ? form.dataset.earlier : ""} ${code.textContent}`);
  };

  const clear = () => {
    for (const key of Object.keys(store).filter((name) => name.startsWith(PREFIX))) {
      let kept = null;
      try { kept = JSON.parse(store.getItem(key)); } catch { kept = null; }
      if (!kept || Date.now() - kept.at > DAY) drop(key);
      else if (kept.action.startsWith("/s/")) resend(key, kept, 1).catch(() => {});
    }
  };

  if (!form) return;
  let sending = false;
  const send = async () => {
    if (sending) return;
    sending = true;
    const pairs = [...new FormData(form)];
    const key = keep(form.getAttribute("action"), pairs);
    say(form.dataset.sending);
    try {
      const answer = await post(form.getAttribute("action"), pairs);
      if (later(answer)) throw new Error("later");
      drop(key);
      show(await answer.text());
    } catch {
      sending = false;
      say(form.dataset.waiting);
      setTimeout(send, 10000);
    }
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  addEventListener("online", () => { if (status && status.textContent === form.dataset.waiting) send(); });
  if (form.dataset.wait) setTimeout(send, 1000 * Number(form.dataset.wait)); else clear();
})();
