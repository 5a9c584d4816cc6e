// Softening (blødgøring): the pages are whole without this file.
(() => {
  'use strict';
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, attributes) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };
  document.documentElement.classList.add('has-js');

  // The error summary takes the focus, so that it is read first.
  all('[data-focus]').slice(0, 1).forEach((box) => box.focus());

  // A form marked data-once is sent once.
  all('form[data-once]').forEach((form) => form.addEventListener('submit', (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = '1';
  }));
  window.addEventListener('pageshow', () => all('form[data-sent]').forEach((form) => delete form.dataset.sent));

  all('[data-print]').forEach((button) => button.addEventListener('click', () => window.print()));

  // Few characters left: said aloud when writing pauses.
  all('[data-count-for]').forEach((place) => {
    const box = document.getElementById(place.dataset.countFor);
    if (!box) return;
    const most = Number(place.dataset.most);
    const spoken = make('span', { class: 'sr-only', role: 'status' });
    place.after(spoken);
    place.setAttribute('aria-hidden', 'true');
    let pause;
    const show = () => {
      const left = most - [...box.value].length;
      const words = place.textContent = `${Math.abs(left).toLocaleString('da')} tegn ${left < 0 ? 'for meget' : 'tilbage'}`;
      place.hidden = left > Math.max(500, most * 0.1);
      place.classList.toggle('counter-over', left < 0);
      clearTimeout(pause);
      if (left < most * 0.1) pause = setTimeout(() => { spoken.textContent = words; }, 1200);
    };
    box.addEventListener('input', show);
    show();
  });

  // data-autosave-url: post the form there when writing pauses.
  all('form[data-autosave-url]').forEach((form) => {
    const status = form.querySelector('[data-autosave-status]');
    const tell = (words) => { if (status) status.textContent = words; };
    let pause;
    const save = async () => {
      const data = new FormData(form);
      all('input[type=file]', form).forEach((file) => data.delete(file.name));
      try {
        const answer = await fetch(form.dataset.autosaveUrl, { method: 'POST', body: data });
        const clock = new Date().toLocaleTimeString('da-DK', { hour: '2-digit', minute: '2-digit' });
        tell(answer.status === 204 ? `Kladden er gemt kl. ${clock}` : 'Kladden er ikke gemt. Tryk Fortsæt.');
      } catch { tell('Ingen forbindelse lige nu. Din tekst står stadig her på siden.'); }
    };
    form.addEventListener('input', () => { clearTimeout(pause); pause = setTimeout(save, 2500); });
    form.addEventListener('submit', () => clearTimeout(pause));
  });

  // A combobox: see docs/look.md.
  all('input[data-typeahead-url]').forEach((box, number) => {
    const wrap = make('div', { class: 'typeahead' });
    box.before(wrap);
    const list = make('ul', { id: `typeahead-${number}`, role: 'listbox', 'aria-label': 'Forslag', hidden: '' });
    const status = make('span', { class: 'sr-only', role: 'status' });
    wrap.append(box, list, status);
    const set = (name, value) => box.setAttribute(name, value);
    set('role', 'combobox'); set('aria-autocomplete', 'list'); set('aria-expanded', 'false');
    set('aria-controls', list.id); set('autocomplete', 'off');
    const hidden = document.getElementById(box.dataset.typeaheadValue || '');
    let results = [], active = -1, pause, asked = 0;

    const close = () => { list.hidden = true; active = -1; set('aria-expanded', 'false'); set('aria-activedescendant', ''); };
    const mark = (index) => {
      active = (index + results.length) % results.length;
      [...list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === active)));
      set('aria-activedescendant', list.children[active].id);
      list.children[active].scrollIntoView({ block: 'nearest' });
    };
    const choose = (index) => {
      box.value = results[index].label;
      if (hidden) hidden.value = results[index].id;
      close();
      box.dispatchEvent(new CustomEvent('typeahead:chosen', { bubbles: true, detail: results[index] }));
    };
    const draw = () => {
      list.replaceChildren(...results.map((result, at) => {
        const option = make('li', { id: `${list.id}-${at}`, role: 'option', 'aria-selected': 'false' });
        option.textContent = result.label;
        if (result.note) option.append(Object.assign(document.createElement('small'), { textContent: result.note }));
        option.addEventListener('mousedown', (event) => event.preventDefault());
        option.addEventListener('click', () => choose(at));
        return option;
      }));
      list.hidden = results.length === 0;
      set('aria-expanded', String(!list.hidden));
      status.textContent = results.length ? `${results.length} forslag. Vælg med piletasterne.` : 'Ingen forslag. Du kan skrive stedet selv.';
    };
    const ask = async () => {
      const turn = ++asked;
      if (box.value.trim().length < 2) { close(); return; }
      try {
        const body = new URLSearchParams({ q: box.value });
        const answer = await fetch(box.dataset.typeaheadUrl, { method: 'POST', body });
        if (turn !== asked || !answer.ok) return;
        results = (await answer.json()).results || [];
        active = -1;
        draw();
      } catch { close(); }
    };
    box.addEventListener('input', () => { if (hidden) hidden.value = ''; clearTimeout(pause); pause = setTimeout(ask, 200); });
    box.addEventListener('blur', close);
    box.addEventListener('keydown', (event) => {
      const does = {
        Escape: close,
        ArrowDown: () => mark(active + 1),
        ArrowUp: () => mark(active < 0 ? -1 : active - 1),
        Enter: active < 0 ? null : () => choose(active),
      }[event.key];
      if (list.hidden || !does) return;
      event.preventDefault();
      does();
    });
  });
})();
