const dialog = document.querySelector('chatapp-dialog');
const link = document.querySelector('chatapp-dialog-link');
const footer = document.querySelector('footer');
const [status, error, loads] = ['status', 'error', 'loads'].map((name) => document.querySelector(`[data-${name}]`));
// Where ChatApp Dialog runs: here, the stand-in of `npm start`. In your page, leave it out: https://dialogs.pro/ is the default.
const baseUrl = new URLSearchParams(location.search).get('base-url') ?? 'http://localhost:8001/';

let customer;
let renders = 0;

dialog.getAccessToken = async ({signal}) => {
  const response = await fetch('/api/chatapp-token', {method: 'POST', signal});
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
};
dialog.addEventListener('chatapp-statuschange', () => {
  status.dataset.status = dialog.status;
  status.textContent = dialog.status;
});
dialog.addEventListener('chatapp-load', () => {
  loads.textContent = Number(loads.textContent) + 1;
  error.textContent = '';
});
dialog.addEventListener('chatapp-error', (event) => {
  error.textContent = event.error.message;
});

const actions = {
  reload: () => dialog.reload(),
  toggle(button) {
    if (dialog.isConnected) dialog.remove();
    else footer.before(dialog);
    button.textContent = dialog.isConnected ? 'Unmount' : 'Mount';
  },
  rerender(button) {
    button.textContent = `Re-render (${++renders})`;
    show(customer);
  },
  'bad-phone': () => show({...customer, phones: ['call me']}),
};
footer.addEventListener('click', ({target}) => actions[target.dataset.action]?.(target));

loadCustomers();

async function loadCustomers() {
  const customers = await (await fetch('customers.json')).json();
  document.querySelector('#customers').append(...customers.map(toButton));
  show(customers[0]);
  // The attributes stand in the HTML, so that nothing opens before the customer is known.
  dialog.removeAttribute('disabled');
  link.removeAttribute('disabled');
}

function toButton(one) {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.customer = one.id;
  button.innerHTML = '<strong></strong><span></span>';
  button.firstChild.textContent = one.name;
  button.lastChild.textContent = one.company;
  button.addEventListener('click', () => show(one));
  return button;
}

function show(one) {
  customer = one;
  document.querySelector('#name').textContent = one.name;
  for (const button of document.querySelectorAll('[data-customer]'))
    button.ariaPressed = button.dataset.customer === one.id;
  const {phones, dialogIds} = one;
  for (const element of [dialog, link]) Object.assign(element, {baseUrl, phones, dialogIds});
}
