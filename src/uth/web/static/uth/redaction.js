// The redaction page (anonymiseringen): the findings by keyboard and mouse. What it does is fill in the form that stands
// there; without this file the form is filled in by hand.
(() => {
  'use strict';
  const form = document.querySelector('form[data-redaction]');
  if (!form) return;
  const home = form.querySelector('[data-sections]'), tools = form.querySelector('[data-tools]'), said = tools.querySelector('[data-said]');
  const kindBox = tools.querySelector('select[data-do="kind"]');
  const kindOf = new Map([...kindBox.options].map((option) => [option.dataset.key, option.value]));
  const words = new Map([...kindBox.options].map((option) => [option.value, option.textContent.replace(/ \(.\)$/, '').toLowerCase()]));
  const WORD = /[\p{L}\p{N}]+(?:[-'’.@_/:+][\p{L}\p{N}]+)*/gu;
  const undone = [];
  let chosen = [], first = null, asked = 0, waiting = false, dirty = false;

  // ── the text: every finding and every word can be stepped on ──
  const items = (box) => [...box.querySelectorAll('[data-finding], .word')];
  const bare = (node) => [...node.childNodes].filter((each) => !each.dataset || !('aside' in each.dataset)).map((each) => each.textContent).join('');
  const sectionOf = (node) => node.closest('[data-section]');
  const ready = (box) => {
    for (const node of [...box.childNodes]) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      const pieces = document.createDocumentFragment();
      let done = 0;
      for (const found of node.data.matchAll(WORD)) {
        pieces.append(node.data.slice(done, found.index));
        const word = document.createElement('span');
        word.className = 'word';
        word.textContent = found[0];
        pieces.append(word);
        done = found.index + found[0].length;
      }
      pieces.append(node.data.slice(done));
      node.replaceWith(pieces);
    }
    for (const item of items(box)) {
      item.tabIndex = -1;
      if (item.dataset.finding !== undefined) item.setAttribute('role', 'button');
    }
    const start = box.querySelector('[data-finding]') || items(box)[0];
    if (start) start.tabIndex = 0;
  };
  const everything = () => [...home.querySelectorAll('[data-original]')];
  const findings = () => [...home.querySelectorAll('[data-original] [data-finding]')];

  // ── what is chosen ──
  const control = (mark, what) => form.elements[`${sectionOf(mark).dataset.section}-${what}-${mark.dataset.finding - 1}`];
  const isNew = (mark) => mark.dataset.finding === '0';
  const tick = (mark) => home.querySelector(`#${sectionOf(mark).dataset.section}-fund-${mark.dataset.finding - 1}`);
  const chosenText = () => {
    if (!chosen.length) return '';
    const range = document.createRange();
    range.setStartBefore(chosen[0]);
    range.setEndAfter(chosen[chosen.length - 1]);
    const copy = range.cloneContents();
    copy.querySelectorAll('[data-aside]').forEach((aside) => aside.remove());
    return copy.textContent.replace(/\s+/g, ' ').trim();
  };
  const marked = () => (chosen.length === 1 && chosen[0].dataset.finding !== undefined ? chosen[0] : null);
  const tell = () => {
    const mark = marked(), text = chosenText();
    for (const button of tools.querySelectorAll('[data-do="accept"], [data-do="dismiss"]')) button.setAttribute('aria-disabled', String(!chosen.length || (button.dataset.do === 'dismiss' && !mark)));
    tools.querySelector('[data-do="undo"]').setAttribute('aria-disabled', String(!undone.length));
    if (mark) kindBox.value = mark.dataset.kind;
    said.textContent = mark ? `»${bare(mark)}« – ${mark.title}.` : text ? `»${text}« er ikke skjult. Tryk Enter for at skjule det, eller vælg en slags.` : 'Vælg et fund i teksten, eller markér ord, som systemet har overset.';
  };
  const choose = (some, { focus = true, on = some[some.length - 1] } = {}) => {
    chosen.forEach((item) => item.classList.remove('chosen'));
    chosen = some.filter(Boolean);
    chosen.forEach((item) => item.classList.add('chosen'));
    if (on) {
      const box = on.closest('[data-original]');
      items(box).forEach((item) => { item.tabIndex = -1; });
      on.tabIndex = 0;
      if (focus) on.focus();
    }
    tell();
  };
  const step = (from, by, all) => all[Math.max(0, Math.min(all.length - 1, all.indexOf(from) + by))];
  const toFinding = (by) => {
    const all = findings(), here = chosen[chosen.length - 1];
    if (!all.length) return;
    if (!here) { choose([by > 0 ? all[0] : all[all.length - 1]]); return; }
    const later = (each) => here.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
    const next = by > 0 ? all.find((each) => each !== here && later(each)) : all.filter((each) => each !== here && !later(each)).pop();
    choose([next || here]);
  };
  const along = (from, by, more) => {
    const all = items(from.closest('[data-original]'));
    const to = step(from, by, all);
    if (!more) { choose([to]); return; }
    first = first && all.includes(first) ? first : from;
    const ends = [all.indexOf(first), all.indexOf(to)].sort((a, b) => a - b);
    choose(all.slice(ends[0], ends[1] + 1), { on: to });
  };

  // ── what a person decides: written into the form ──
  const fields = () => [...home.querySelectorAll('input, select, textarea')].filter((each) => each.name);
  const snapshot = () => fields().map((each) => [each.name, each.type === 'checkbox' || each.type === 'radio' ? each.value : null, each.type === 'checkbox' || each.type === 'radio' ? each.checked : each.value]);
  let now = [];
  const remember = () => { undone.push(now); if (undone.length > 100) undone.shift(); };
  const addRow = (section, text, kind) => {
    const rows = [...section.querySelectorAll('[data-row]')];
    const row = rows.find((each) => !each.querySelector('input').value.trim()) || rows[rows.length - 1];
    row.querySelector('input').value = text;
    row.querySelector('select').value = kind;
  };
  const rowOf = (mark) => [...sectionOf(mark).querySelectorAll('[data-row]')].find((row) => row.querySelector('input').value.replace(/\s+/g, ' ').trim() === bare(mark).replace(/\s+/g, ' ').trim());
  const hide = (kind) => {
    const mark = marked();
    remember();
    if (mark && isNew(mark)) {
      const row = rowOf(mark);
      if (row && kind) row.querySelector('select').value = kind;
    } else if (mark) {
      tick(mark).checked = true;
      if (kind) control(mark, 'type').value = kind;
    } else if (chosen.length) {
      addRow(sectionOf(chosen[0]), chosenText(), kind || 'person');
    }
    show();
  };
  const dismiss = () => {
    const mark = marked();
    if (!mark) return;
    remember();
    if (isNew(mark)) { const row = rowOf(mark); if (row) row.querySelector('input').value = ''; } else tick(mark).checked = false;
    show();
  };
  const undo = () => {
    const before = undone.pop();
    if (!before) return;
    for (const [name, value, state] of before) {
      const field = fields().find((each) => each.name === name && (value === null || each.value === value));
      if (!field) continue;
      if (value === null) field.value = state; else field.checked = state;
    }
    for (const row of home.querySelectorAll('[data-row] input')) if (!before.some(([name]) => name === row.name)) row.value = '';
    show();
  };

  // ── the text anew: the server writes it from the form ──
  const place = () => {
    const here = chosen[chosen.length - 1] || (home.contains(document.activeElement) ? document.activeElement : null);
    if (!here) return null;
    const box = here.closest('[data-original]');
    if (!box) return { id: document.activeElement.id };
    const range = document.createRange();
    range.setStart(box, 0);
    range.setEndBefore(chosen[0] || here);
    const copy = range.cloneContents();
    copy.querySelectorAll('[data-aside]').forEach((aside) => aside.remove());
    return { section: sectionOf(box).dataset.section, offset: copy.textContent.length, held: box.contains(document.activeElement) };
  };
  const back = (where) => {
    if (!where) return;
    if (where.id) { document.getElementById(where.id)?.focus(); return; }
    const box = home.querySelector(`[data-section="${where.section}"] [data-original]`);
    let at = 0, found = null;
    const walk = (node) => {
      for (const each of node.childNodes) {
        if (found) return;
        if (each.nodeType === Node.ELEMENT_NODE && 'aside' in each.dataset) continue;
        const length = each.nodeType === Node.TEXT_NODE ? each.data.length : bare(each).length;
        if (each.nodeType === Node.ELEMENT_NODE && at + length > where.offset) { found = each; return; }
        at += length;
      }
    };
    walk(box);
    if (found) choose([found], { focus: where.held });
  };
  const show = async () => {
    now = snapshot();
    if (waiting) { dirty = true; return; }
    waiting = true;
    const mine = ++asked, given = new FormData(form);
    given.set('vis', '1');
    given.set('del', '1');
    try {
      const answer = await fetch(location.pathname, { method: 'POST', body: given, credentials: 'same-origin', redirect: 'error' });
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      if (mine === asked && !dirty) put(text);
    } catch {
      said.textContent = 'Den anonymiserede tekst kan ikke vises på ny lige nu. Dit valg står i listen under teksten. Prøv igen, eller gem.';
    }
    waiting = false;
    if (dirty) { dirty = false; show(); }
  };
  const put = (text) => {
    const where = place(), open = new Set([...home.querySelectorAll('details[open]')].map((each) => `${sectionOf(each).dataset.section} ${each.dataset.keep}`));
    const page = new DOMParser().parseFromString(text, 'text/html');
    home.replaceChildren(...page.body.childNodes);
    home.querySelectorAll('details').forEach((each) => { if (open.has(`${sectionOf(each).dataset.section} ${each.dataset.keep}`)) each.open = true; });
    everything().forEach(ready);
    now = snapshot();
    chosen = [];
    back(where);
    tell();
  };

  // ── keys: only while a finding or a word has the focus ──
  const KEYS = {
    ArrowDown: () => toFinding(1), j: () => toFinding(1), ArrowUp: () => toFinding(-1), k: () => toFinding(-1),
    Enter: () => { hide(); if (marked()) toFinding(1); }, ' ': () => (marked() && !isNew(marked()) && tick(marked()).checked ? dismiss() : hide()),
    Delete: dismiss, Backspace: dismiss, z: undo,
  };
  home.addEventListener('keydown', (event) => {
    const item = event.target.closest('[data-original] [tabindex]');
    if (!item || event.altKey || event.metaKey) return;
    if (event.ctrlKey) { if (event.key === 'z') { event.preventDefault(); undo(); } return; }
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      event.preventDefault();
      along(item, event.key === 'ArrowRight' ? 1 : -1, event.shiftKey);
      if (!event.shiftKey) first = null;
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = KEYS[key] || (kindOf.has(key) ? () => hide(kindOf.get(key)) : null);
    if (!act) return;
    event.preventDefault();
    act();
  });
  home.addEventListener('focusin', (event) => {
    const item = event.target.closest('[data-original] [tabindex]');
    if (item && !chosen.includes(item)) { first = null; choose([item], { focus: false }); }
  });

  // ── the mouse: a click chooses, a stretch of text chooses its words ──
  home.addEventListener('mouseup', (event) => {
    const box = event.target.closest('[data-original]') || everything().find((each) => getSelection().containsNode(each, true));
    const drawn = getSelection();
    if (!box || drawn.isCollapsed) return;
    const some = items(box).filter((item) => drawn.containsNode(item, true));
    if (!some.length) return;
    drawn.removeAllRanges();
    first = null;
    choose(some);
  });
  home.addEventListener('click', (event) => {
    const item = event.target.closest('[data-original] [tabindex]');
    if (item && getSelection().isCollapsed) choose([item]);
  });
  home.addEventListener('change', (event) => {
    if (event.target.matches('[name*="-fund"], [name*="-type-"], [name*="-slags-"], [name*="-skjul-"]')) { remember(); chosen = []; show(); }
  });
  const DO = { accept: () => hide(), dismiss, undo, previous: () => toFinding(-1), next: () => toFinding(1) };
  tools.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-do]');
    if (button && button.getAttribute('aria-disabled') !== 'true') DO[button.dataset.do]();
  });
  kindBox.addEventListener('change', () => { if (chosen.length) hide(kindBox.value); });

  everything().forEach(ready);
  now = snapshot();
  tell();
})();
