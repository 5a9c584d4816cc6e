// Idleness (uvirksomhed): warns before the log-in ends, keeps it while somebody works, and hides the page afterwards.
// Without this file the server logs out all the same, and keeps what is sent too late.
(() => {
  'use strict';
  const box = document.querySelector('[data-idle]');
  const main = document.getElementById('main-content');
  const token = document.querySelector('[name=csrfmiddlewaretoken]');
  if (!box || !main || !token) return;
  const limit = Number(box.dataset.idle);
  const warn = Math.min(120, limit / 2);
  const [heading, text] = ['heading', 'text'].map((part) => box.querySelector(`[data-idle-${part}]`));
  const button = box.querySelector('button');
  let ends = Date.now() + limit * 1000, told = Date.now(), busy = false, out = false, typed = null;

  const stay = async () => {
    const answer = await fetch('/konto/her/', { method: 'POST', headers: { 'X-CSRFToken': token.value } });
    if (answer.status !== 204) return;
    told = Date.now();
    ends = told + limit * 1000;
    box.hidden = true;
  };
  const look = async () => {
    const answer = await fetch('/konto/her/');
    const left = answer.redirected || !answer.ok ? 0 : (await answer.json()).left;
    ends = Date.now() + (left === null ? limit : left) * 1000;
  };
  const show = (words, more, label) => {
    if (!box.hidden && button.textContent === label) return;
    heading.textContent = words; text.textContent = more; button.textContent = label;
    box.hidden = false;
    box.scrollIntoView({ block: 'nearest' });
  };
  // What was typed goes along, to be kept for whoever comes back; nothing is carried out by it.
  const back = () => {
    if (!typed) { window.location.assign(`/konto/log-ind/?next=${encodeURIComponent(window.location.pathname)}`); return; }
    const to = document.createElement('input');
    to.type = 'hidden'; to.name = '_til'; to.value = new URL(typed.action).pathname;
    typed.append(to);
    typed.action = '/konto/pause/';
    HTMLFormElement.prototype.submit.call(typed);
  };
  const end = () => {
    out = true;
    main.hidden = true;
    document.title = 'Logget ud – UTH';
    show('Du er logget ud, fordi der ikke skete noget', typed
      ? 'Det, du skrev, er ikke væk: tryk på knappen, og log ind, så får du det igen.' : 'Siden er skjult, så andre ikke kan læse den.', 'Log ind igen');
  };
  const round = async () => {
    if (out) return;
    if (busy && Date.now() - told > Math.min(60, limit / 4) * 1000) { busy = false; await stay(); }
    if (ends - Date.now() > warn * 1000) { box.hidden = true; return; }
    await look(); // another tab may have been used
    const left = ends - Date.now();
    if (left <= 0) end();
    else if (left <= warn * 1000) show('Du bliver snart logget ud', 'Der er ikke sket noget længe. Det, du har skrevet, går ikke tabt.', 'Bliv logget ind');
  };
  const safely = () => round().catch(() => {}); // no connection: the next round will see
  button.addEventListener('click', () => { if (out) back(); else stay().catch(() => {}); });
  for (const name of ['input', 'keydown', 'click']) document.addEventListener(name, () => { busy = true; });
  document.addEventListener('input', (event) => { if (event.target.form?.method === 'post' && !event.target.closest('[role=search]')) typed = event.target.form; });
  window.setInterval(safely, Math.max(1, Math.min(15, limit / 8)) * 1000);
  document.addEventListener('visibilitychange', safely);
})();
