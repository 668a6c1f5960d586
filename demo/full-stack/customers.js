// The customers of the sample CRM, as a CRM keeps them: with gaps.

/**
 * @typedef {{
 *   id: string, name: string, company: string, stage: string, manager: string, since: string, note: string,
 *   contacts: readonly {kind: string, value: string, isId?: boolean}[],
 *   dialog: {licenseId?: string, messengerType?: string, phones?: readonly string[], dialogIds?: readonly string[]},
 * }} Customer  `dialog` is what the page hands to the element; `isId` means that an agent cannot read the value.
 */

/** @type {readonly Customer[]} */
export const CUSTOMERS = [
  {
    id: 'marina',
    name: 'Marina Costa',
    company: 'Casa Costa',
    stage: 'Won',
    manager: 'Olivia Brandt',
    since: 'March 2024',
    note: 'Oak table, 180 cm, on hold until Friday.',
    contacts: [{kind: 'WhatsApp', value: '+7 999 123-45-67'}],
    dialog: {licenseId: '30310', messengerType: 'grWhatsApp', phones: ['+7 999 123-45-67']},
  },
  {
    id: 'daniel',
    name: 'Daniel Weber',
    company: 'Weber & Söhne',
    stage: 'Quote sent',
    manager: 'Olivia Brandt',
    since: 'June 2025',
    note: 'Two numbers, so both chats are offered.',
    contacts: [
      {kind: 'Office', value: '+49 171 3920-012'},
      {kind: 'Private', value: '+49 171 3920-034'},
    ],
    dialog: {phones: ['+49 171 3920-012', '+49 171 3920-034']},
  },
  {
    id: 'sofia',
    name: 'Sofia Rossi',
    company: 'Private',
    stage: 'Delivered',
    manager: 'Tomas Eriksen',
    since: 'May 2025',
    note: 'No phone on file: only a Telegram name.',
    contacts: [{kind: 'Telegram', value: '@sofia_rossi'}],
    dialog: {messengerType: 'telegram', dialogIds: ['@sofia_rossi']},
  },
  {
    id: 'noah',
    name: 'Noah Lindqvist',
    company: 'Walk-in',
    stage: 'New',
    manager: 'Tomas Eriksen',
    since: 'Today',
    note: 'Came by the showroom. Phone and chat are still to be asked for.',
    contacts: [],
    // Empty, not left out: "this customer has none", and never "all chats".
    dialog: {phones: []},
  },
  {
    id: 'james',
    name: 'James Ortega',
    company: 'Ortega Interiors',
    stage: 'Negotiation',
    manager: 'Olivia Brandt',
    since: 'January 2025',
    note: 'The old records keep the last ten digits only. That is enough to find him.',
    contacts: [{kind: 'Phone', value: '202 555-0143'}],
    dialog: {phones: ['2025550143']},
  },
  {
    id: 'helen',
    name: 'Helen Park',
    company: 'Park Studio',
    stage: 'Won',
    manager: 'Olivia Brandt',
    since: 'October 2023',
    note: 'Prefers e-mail for anything signed.',
    contacts: [
      {kind: 'WhatsApp', value: '+44 7700 900142'},
      {kind: 'E-mail', value: 'helen.park@example.com'},
    ],
    dialog: {phones: ['+44 7700 900142'], dialogIds: ['helen.park@example.com']},
  },
  {
    id: 'loft',
    name: 'Loft 12 renovation',
    company: 'Group chat',
    stage: 'In progress',
    manager: 'Tomas Eriksen',
    since: 'August 2025',
    note: 'Three people and the fitters, in one group.',
    contacts: [{kind: 'WhatsApp group', value: '120363041234567890@g.us', isId: true}],
    dialog: {licenseId: '30310', messengerType: 'grWhatsApp', dialogIds: ['120363041234567890@g.us']},
  },
  {
    id: 'ivan',
    name: 'Ivan Kuznetsov',
    company: 'Private',
    stage: 'New',
    manager: 'Tomas Eriksen',
    since: 'November 2025',
    note: 'Asked about shipping abroad.',
    contacts: [{kind: 'VK', value: '184467231', isId: true}],
    dialog: {licenseId: '52077', messengerType: 'vkontakte', dialogIds: ['184467231']},
  },
];
