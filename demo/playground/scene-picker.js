import {find, h} from '../shared/dom.js';
import {SCENE_GROUPS, sceneOf, USUAL} from './scenes.js';

/** @typedef {import('./scenes.js').Choice} Choice */

/**
 * The choice of what the server does. A page that is in the element's way by its own policy has to be served so: for
 * these scenes, and away from them, the reader is taken to another page.
 * @param {import('../shared/setup.js').Config} config
 * @param {{onChoose(): void, beforeLeaving(): void}} listener
 */
export function scenePicker(config, {onChoose, beforeLeaving}) {
  /** @type {HTMLSelectElement} */
  const select = find('#scene');
  const release = find('#release');
  const asked = new URLSearchParams(location.search);
  const csp = asked.get('csp') ?? undefined;
  /** @param {Choice} choice @param {boolean} selected */
  const option = ({id, title}, selected) => h('option', {value: id, selected}, title);
  const start = sceneOf(csp ? `csp-${csp}` : asked.get('scene'));
  select.append(
    option(USUAL, start === USUAL),
    ...SCENE_GROUPS.map(({label, choices}) =>
      h('optgroup', {label}, ...choices.map((choice) => option(choice, choice === start))),
    ),
  );
  find('#policy-said').hidden = !csp;
  find('#policy-back').addEventListener('click', beforeLeaving);
  describe();

  select.addEventListener('change', () => {
    const chosen = current();
    if (chosen.csp !== csp) {
      beforeLeaving();
      location.assign(pageOf(chosen));
      return;
    }
    describe();
    onChoose();
  });
  release.addEventListener('click', () => {
    // The answer is of no interest, and the stand-in need not be asked first.
    void fetch(`${config.standIn}_release?session=${sessionOf(config)}`, {mode: 'no-cors'});
  });

  function current() {
    return sceneOf(select.value);
  }
  function describe() {
    find('#scene-hint').textContent = current().seen;
    release.hidden = current().id !== 'release';
  }

  return {
    /** Base URL of the Dialog that plays the scene. */
    address: () => current().address(config),
  };
}

/** @param {Choice} choice */
function pageOf({id, csp}) {
  return csp ? `/?csp=${csp}` : `/?scene=${encodeURIComponent(id)}`;
}

/** @param {import('../shared/setup.js').Config} config */
function sessionOf({playground}) {
  return playground.split('/').at(-2) ?? '';
}
