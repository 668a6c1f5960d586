/** What the agent reads in the element. */
export const MESSAGES = {
  loading: 'Opening the conversation',
  error: 'The conversation cannot be opened.',
  empty: 'This customer has no phone or chat.',
  idle: 'No conversation is open.',
  retry: 'Try again',
  open: 'Open in a new tab',
};
