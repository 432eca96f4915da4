// The page of curation works without this. With it the name and token are kept until the tab is
// closed, only those ends can be chosen that a step leads to, long lists can be narrowed, and the
// words of both ends are offered.
document.documentElement.classList.add('js');
const data = JSON.parse(document.getElementById('data').textContent);
const form = document.getElementById('decide');

function keepYou() {
  for (const id of ['who', 'token']) {
    const field = document.getElementById(id);
    const name = `impactgraph-${id}`;
    field.value ||= sessionStorage.getItem(name) ?? '';
    field.addEventListener('change', () => sessionStorage.setItem(name, field.value));
    form.addEventListener('submit', () => sessionStorage.setItem(name, field.value));
  }
}

function kindOf(select) {
  return select.selectedOptions[0]?.closest('optgroup')?.dataset.kind;
}

function narrowEnds(from, to) {
  const possible = data.ends[kindOf(from)];
  for (const group of to.querySelectorAll('optgroup')) {
    group.disabled = Boolean(possible) && !possible.includes(group.dataset.kind);
  }
  const kind = kindOf(to);
  const wrong = Boolean(possible && kind) && !possible.includes(kind);
  const hint = document.getElementById('step-hint');
  if (!hint) return;
  hint.dataset.usual ??= hint.textContent;
  hint.textContent = wrong ? data.none : hint.dataset.usual;
}

function narrowList(box) {
  const select = document.getElementById(box.dataset.narrows);
  const status = document.querySelector(`[data-narrowed="${box.dataset.narrows}"]`);
  const groups = [...select.querySelectorAll('optgroup')].map((group) => [group, [...group.children]]);
  const all = groups.reduce((sum, [, options]) => sum + options.length, 0);
  box.addEventListener('input', () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = select.value;
    let left = 0;
    for (const [group, options] of groups) {
      const some = options.filter((option) => words.every((word) => option.text.toLowerCase().includes(word)));
      left += some.length;
      // What is chosen stays in the list, so that narrowing changes no choice.
      group.replaceChildren(...options.filter((option) => some.includes(option) || option.value === chosen));
      group.hidden = !group.children.length;
    }
    select.value = chosen;
    status.textContent = words.length ? data.narrowed.replace('{some}', left).replace('{all}', all) : '';
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      select.focus();
    }
  });
}

function offerWords(from, to) {
  const place = document.getElementById('offered');
  const quote = document.getElementById('quote');
  if (!place) return;
  place.replaceChildren();
  const words = [...new Set([from, to].flatMap((select) => data.words[select.value] ?? []))];
  if (!words.length) return;
  const list = document.createElement('ul');
  list.className = 'offered';
  list.setAttribute('aria-label', data.offered);
  for (const exact of words.slice(0, 12)) {
    const item = document.createElement('li');
    const shown = document.createElement('span');
    shown.textContent = `“${exact}”`;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = data.offer;
    button.addEventListener('click', () => {
      quote.value = exact;
      quote.focus();
    });
    item.append(shown, button);
    list.append(item);
  }
  place.append(list);
}

if (form) {
  keepYou();
  const from = document.getElementById('from');
  const to = document.getElementById('to');
  if (from && to) {
    const update = () => {
      narrowEnds(from, to);
      offerWords(from, to);
    };
    from.addEventListener('change', update);
    to.addEventListener('change', update);
    update();
  }
}
for (const box of document.querySelectorAll('[data-narrows]')) narrowList(box);
const first = document.querySelector('[aria-invalid="true"]');
(first ?? document.getElementById('problem') ?? document.getElementById('done'))?.focus();
