// What you write for the chat in a page like this: one element, and other fields when the agent chooses another customer.
import {find} from '../shared/dom.js';
import {CUSTOMERS} from './customers.js';
import {listAgents, listCustomers, showCard} from './crm-page.js';

const dialog = find('chatapp-dialog');
// A page cannot see whether the frame shows the Dialog or an error page. Offer another way in.
const link = find('chatapp-dialog-link');

listCustomers(CUSTOMERS, (customer) => {
  // One assignment is one change: the old chat closes, and the new one opens once.
  dialog.fields = link.fields = customer.dialog;
  dialog.label = `Chat with ${customer.name}`;
  showCard(customer);
});

listAgents(async (agent) => {
  // Close first. Chats that are kept alive were opened by the last agent, and would come back as they were.
  dialog.close();
  const response = await fetch(`/api/log-in/${agent}`, {method: 'POST'});
  if (response.ok) dialog.reload(); // otherwise nobody knows who is logged in
});
