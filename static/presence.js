// Optional. Tells the server which group of the inbox somebody has before them, so that others read "Ben is on this one".
(() => {
  "use strict";
  const EVERY = 30_000;
  let on = null, told = 0;

  const tell = async () => {
    const token = document.querySelector("input[name=csrf_token]");
    if (!on || !token || document.hidden || Date.now() - told < EVERY / 2) return;
    told = Date.now();
    const group = on;
    try {
      const answer = await fetch(`/backlog/inbox/${group}/here`, {
        method: "POST", body: new URLSearchParams({ csrf_token: token.value }), redirect: "error",
      });
      if (!answer.ok) return;
      const place = document.querySelector(`[data-who="${group}"]`), { words } = await answer.json();
      if (place && place.textContent !== words) place.textContent = words;
    } catch { /* nobody is hindered by not knowing */ }
  };
  document.addEventListener("focusin", (event) => {
    const group = event.target.closest("[data-group]");
    if (!group || group.dataset.group === on) return;
    [on, told] = [group.dataset.group, 0];
    setTimeout(() => { if (on === group.dataset.group) tell(); }, 800);
  });
  setInterval(tell, EVERY);
})();
