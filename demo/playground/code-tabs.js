import {h} from '../shared/dom.js';
import {SNIPPETS} from './snippets.js';

/** @typedef {(typeof SNIPPETS)[number]} Entry */

/**
 * The tabs with the code to paste.
 * @param {{tabs: HTMLElement, panel: HTMLElement, copy: HTMLElement, said: HTMLElement}} parts
 * @returns {(values: import('./values.js').Values, lists: import('./snippets.js').Lists) => void} shows the code for these values
 */
export function codeTabs({tabs, panel, copy, said}) {
  let [current] = /** @type {[Entry, ...Entry[]]} */ (SNIPPETS);
  /** @type {Parameters<Entry['write']> | null} */
  let shown = null;
  const buttons = SNIPPETS.map((entry) =>
    h(
      'button',
      {type: 'button', role: 'tab', id: `tab-${entry.id}`, 'aria-controls': panel.id, onclick: () => select(entry)},
      entry.title,
    ),
  );
  tabs.append(...buttons);
  tabs.addEventListener('keydown', (event) => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    event.preventDefault();
    const next = SNIPPETS.at((SNIPPETS.indexOf(current) + step) % SNIPPETS.length);
    if (next) select(next);
    document.getElementById(`tab-${current.id}`)?.focus();
  });
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(panel.textContent);
      said.textContent = `${current.title} copied.`;
    } catch {
      said.textContent = 'The browser does not allow copying: select the code and copy it by hand.';
    }
  });

  /** @param {Entry} entry */
  function select(entry) {
    current = entry;
    said.textContent = '';
    for (const [index, button] of buttons.entries()) {
      const selected = SNIPPETS[index] === entry;
      button.setAttribute('aria-selected', String(selected));
      button.tabIndex = selected ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', `tab-${entry.id}`);
    draw();
  }

  function draw() {
    if (shown) panel.replaceChildren(h('code', {}, ...highlight(current.write(...shown))));
  }

  select(current);
  return (...now) => {
    const code = panel.textContent;
    shown = now;
    draw();
    // The page calls this at each change of status too, and what was copied may still be what is shown.
    if (panel.textContent !== code) said.textContent = '';
  };
}

// Comments, strings, tags: enough to read by. In this order, so that the // of a URL in a string is no comment.
const TOKENS =
  /(?<string>'(?:\\.|[^'\\\n])*'|"[^"\n]*")|(?<comment><!--[^]*?-->|\/\/[^\n]*)|(?<tag><\/?[a-z][\w-]*|(?<!=)\/?>|<\?(?:php|=)|\?>)/g;

/** @param {string} code */
function* highlight(code) {
  let end = 0;
  for (const match of code.matchAll(TOKENS)) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? [''];
    yield code.slice(end, match.index);
    yield h('span', {class: kind}, match[0]);
    end = match.index + match[0].length;
  }
  yield code.slice(end);
}
