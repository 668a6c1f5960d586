// What only the demo needs: the stand-in's address, and the counters in the drawer. A CRM has none of this.
import {find, h} from '../shared/dom.js';
import {setUp, showHistory} from '../shared/setup.js';
import {offerKeepAlive} from './keep-alive.js';
import {showTokenLife} from './token-panel.js';

const {standIn} = await setUp();
const dialog = find('chatapp-dialog');
const link = find('chatapp-dialog-link');
const list = find('#customers');
let chosen = 1; // the page has chosen the first customer
let tokens = 0;
let openings = 0;

dialog.addEventListener('chatapp-loadstart', () => {
  find('#openings').textContent = String(++openings);
});
dialog.addEventListener('chatapp-statuschange', () => {
  const status = find('#status');
  status.dataset.status = dialog.status;
  status.textContent = dialog.status;
});
const historyAtStart = history.length;
showHistory((length) => {
  find('#history-added').textContent = String(length - historyAtStart);
});
new PerformanceObserver((entries) => {
  tokens += entries.getEntriesByName(`${location.origin}/api/chatapp-token`).length;
  find('#tokens').textContent = String(tokens);
}).observe({type: 'resource', buffered: true});

const startClock = offerKeepAlive(dialog, standIn);
/** @param {Event} event */
const chosenIn = ({target}) => (target instanceof Element ? target.closest('button') : null);
// In the capture phase: the clock starts before the page changes the element.
list.addEventListener('click', (event) => chosenIn(event)?.ariaCurrent === null && startClock(), true);
list.addEventListener('click', (event) => {
  if (!chosenIn(event)) return;
  chosen++;
  showChosen();
});
showChosen();
showTokenLife(dialog);

dialog.baseUrl = link.baseUrl = standIn;
dialog.disabled = link.disabled = false;

function showChosen() {
  find('#chosen').textContent = String(chosen);
  find('#passed').replaceChildren(
    ...Object.entries(dialog.fields).map(([name, value]) => h('span', {}, `${name}: ${JSON.stringify(value)}`)),
  );
}
