// The tally board (tælletavlen): taps wait on the screen until they are told. Without this file the forms are posted.
(() => {
  'use strict';
  // A code that came in a picture stands after the #, which no server sees: put it in the field, and out of the address.
  const code = document.getElementById('id_code');
  const take = () => {
    if (!code || location.hash.length < 2) return;
    code.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, '', location.pathname);
  };
  take();
  window.addEventListener('hashchange', take);
  const home = document.querySelector('[data-board]');
  if (!home) return;
  const STORE = 'uth-tavle', SHOWN = 10 * 60000;
  const one = (selector) => home.querySelector(selector);
  const forms = new Map([...home.querySelectorAll('form[data-area]')].map((form) => [form.dataset.area, form]));
  const last = one('[data-last]'), said = one('[data-last-said]'), acts = one('.board-acts'), waiting = one('[data-waiting]');
  let counts = {}, sending = false, hide, day = new Date().toDateString();

  // Each waiting thing lies under a name of its own, so that two windows of the same board never write over each other.
  const prefix = `${STORE}:${home.dataset.board}:`;
  try { localStorage.setItem(STORE, '1'); localStorage.removeItem(STORE); } catch { return; }
  const mine = () => Object.keys(localStorage).filter((name) => name.startsWith(prefix))
    .map((name) => ({ name, ...JSON.parse(localStorage.getItem(name)) }));
  const number = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64; bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
  };
  for (const [area, form] of forms) {
    counts[area] = { today: Number(form.querySelector('[data-today]').textContent), month: Number(form.querySelector('[data-month]').textContent) };
  }

  // What the server has told, and what still waits here.
  const draw = () => {
    const undone = new Set(mine().filter((item) => item.kind === 'withdrawals').map((item) => item.number));
    const taps = mine().filter((item) => item.kind === 'taps');
    const known = new Set(taps.map((item) => item.number));
    for (const [area, form] of forms) {
      const more = taps.filter((item) => item.area === area && !undone.has(item.number)).length;
      const less = mine().filter((item) => item.kind === 'withdrawals' && item.area === area && !known.has(item.number)).length;
      form.querySelector('[data-today]').textContent = Math.max(0, counts[area].today + more - less);
      form.querySelector('[data-month]').textContent = Math.max(0, counts[area].month + more - less);
    }
  };
  const tellWaiting = (offline) => {
    const left = mine().filter((item) => item.kind === 'taps').length;
    waiting.textContent = offline && left ? `Ingen forbindelse: ${left} tryk venter på denne skærm` : offline ? 'Ingen forbindelse lige nu. Du kan godt tælle.' : '';
  };
  const trouble = (words) => {
    one('[data-trouble]').hidden = false;
    one('[data-trouble-text]').textContent = words;
  };

  const parcel = (items) => {
    const of = (kind) => items.filter((item) => item.kind === kind).map(({ kind: _, name: __, ...rest }) => rest);
    return JSON.stringify({ board: home.dataset.board, sent_at: new Date().toISOString(), taps: of('taps'), withdrawals: of('withdrawals').map(({ area: _, ...rest }) => rest), notes: of('notes') });
  };
  const send = async () => {
    if (sending) return;
    sending = true;
    const items = mine().slice(0, 200);
    try {
      const answer = await fetch(home.dataset.send, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: parcel(items) });
      if (answer.status === 403) { trouble('Tavlen er lukket på denne skærm. Bed om en ny kode. Trykkene, der venter, bliver her, til tavlen er åbnet igen.'); return; }
      if (answer.status === 409) { location.reload(); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      for (const item of items) localStorage.removeItem(item.name);
      for (const each of told.refused) trouble(each.sentence);
      for (const area of forms.keys()) if (told.counts[area]) counts[area] = told.counts[area];
      draw();
      tellWaiting(false);
      if (mine().length) setTimeout(send, 0);
      else if (new Date().toDateString() !== day) location.reload();
    } catch { tellWaiting(true); } finally { sending = false; }
  };
  const add = (item) => {
    localStorage.setItem(`${prefix}${item.kind}:${item.number}`, JSON.stringify(item));
    draw();
    send();
  };

  const show = (area, id) => {
    const clock = new Date().toLocaleTimeString('da-DK', { hour: '2-digit', minute: '2-digit' });
    const name = document.createElement('strong');
    name.textContent = forms.get(area).dataset.name;
    said.replaceChildren('Talt: ', name, ` kl. ${clock}`);
    for (const box of last.querySelectorAll('input[name=number]')) box.value = id;
    one('[data-serious] input[name=area]').value = area;
    one('[data-note-box]').open = false;
    one('[data-note-box] summary').textContent = 'Skriv en kort note';
    one('#note').value = '';
    last.hidden = acts.hidden = false;
    clearTimeout(hide);
    hide = setTimeout(() => { last.hidden = true; }, SHOWN);
  };

  for (const [area, form] of forms) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const id = number();
      add({ kind: 'taps', number: id, area, happened_at: new Date().toISOString() });
      show(area, id);
      const button = form.querySelector('button');
      button.classList.add('tapped');
      setTimeout(() => button.classList.remove('tapped'), 250);
    });
  }
  one('[data-undo]').addEventListener('submit', (event) => {
    event.preventDefault();
    const area = one('[data-serious] input[name=area]').value;
    add({ kind: 'withdrawals', number: event.target.elements.number.value, area });
    said.textContent = `Fortrudt: ${forms.get(area)?.dataset.name || 'trykket'} tæller ikke med.`;
    acts.hidden = true;
    clearTimeout(hide);
    hide = setTimeout(() => { last.hidden = true; }, 8000);
    forms.get(area)?.querySelector('button').focus();
  });
  one('[data-note]').addEventListener('submit', (event) => {
    event.preventDefault();
    const text = event.target.elements.text.value.trim();
    if (!text) return;
    if (text.length > 200) { trouble('Noten må højst fylde 200 tegn. Forkort den.'); return; }
    add({ kind: 'notes', number: event.target.elements.number.value, text });
    one('[data-note-box]').open = false;
    one('[data-note-box] summary').textContent = 'Noten er gemt';
  });
  one('[data-forget]').addEventListener('submit', (event) => {
    if (mine().length) { event.preventDefault(); trouble('Der venter tryk på denne skærm. Fjern tavlen, når de er sendt.'); }
  });
  window.addEventListener('online', send);
  let quiet = 0;  // what waits is tried every 20 seconds; what others have tapped is asked for once a minute
  setInterval(() => { quiet = (quiet + 1) % 3; if (mine().length || !quiet) send(); }, 20000);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) send(); });
  draw();
  send();
})();
