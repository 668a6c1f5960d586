// The script of the slow-paint scene. The server writes it into the page, so that it listens before anything else can
// happen there; a file of its own would leave a gap in which keys are lost.
const {colour = '', after = '', inputs = '', steal} = document.documentElement.dataset;
const query = new URLSearchParams(location.search);
const phone = query.get('crm[phones][0]') ?? '';

/** @param {Event} event */
function tell(event) {
  const {key, data} = /** @type {Partial<KeyboardEvent & InputEvent>} */ (event);
  // A beacon outlives its document: what was typed in the last moment arrives too.
  navigator.sendBeacon(inputs, JSON.stringify({phone, type: event.type, key: key ?? data ?? null}));
}
// On the window and in the capture phase: keys count before the input is there, and a focus does not bubble.
for (const type of ['keydown', 'input', 'focus']) addEventListener(type, tell, true);

const input = document.createElement('input');
input.hidden = true;
input.ariaLabel = 'Message';
input.style.cssText = 'width: 80%; font: 3rem sans-serif; border: 3px solid; background: none; color: white';
document.body.append(input);
document.body.style.cssText = 'display: grid; place-items: center; height: 100vh; margin: 0';
document.documentElement.style.background = 'white';

addEventListener('focus', (event) => {
  if (event.target === window) input.focus();
});
// Before its first paint, WebKit refuses the input the focus.
addEventListener('keydown', () => input.focus(), true);
setTimeout(() => {
  document.documentElement.style.background = colour;
  input.hidden = false;
  if (document.hasFocus()) input.focus();
}, Number(after));
if (steal !== undefined) {
  const begin = () => {
    window.focus();
    input.focus();
    setTimeout(begin, 50);
  };
  // A page of the messenger `calm` lets it be, until the page around it says otherwise: a test needs both.
  if (query.get('api[messenger_type]') === 'calm') addEventListener('message', begin, {once: true});
  else setTimeout(begin, 50);
}
