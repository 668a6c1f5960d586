// Sample dialogs. Names are invented; the phones lie in number ranges that are kept for fiction, or are plain samples.

/**
 * @typedef {{from: 'customer' | 'us', text: string, time: string}} Message
 * @typedef {{licenseId: string, messengerType: string, id: string, name: string, phone?: string, messages: Message[]}} Chat
 */

/**
 * @param {string} time
 * @param {string} text
 * @returns {Message}
 */
const customer = (time, text) => ({from: 'customer', text, time});

/**
 * @param {string} time
 * @param {string} text
 * @returns {Message}
 */
const us = (time, text) => ({from: 'us', text, time});

/** @type {Readonly<Record<string, string>>} */
export const MESSENGER_NAMES = {
  grWhatsApp: 'WhatsApp',
  caWhatsApp: 'WhatsApp Business',
  telegram: 'Telegram',
  vkontakte: 'VK',
  avito: 'Avito',
  email: 'E-mail',
};

/** @type {readonly Chat[]} */
export const CHATS = [
  {
    licenseId: '30310',
    messengerType: 'grWhatsApp',
    id: '79991234567@c.us',
    name: 'Marina Costa',
    phone: '79991234567',
    messages: [
      customer('09:12', 'Good morning! Is the oak table from the catalogue still available?'),
      us('09:15', 'Good morning, Marina. Yes, two are left in the 180 cm size.'),
      customer('09:16', 'Lovely. Could you hold one for me until Friday?'),
      us('09:18', 'Done, it is yours until Friday evening. Shall I book delivery as well?'),
      customer('09:21', 'Yes please, Thursday afternoon would be perfect.'),
    ],
  },
  {
    licenseId: '30310',
    messengerType: 'grWhatsApp',
    id: '491713920012@c.us',
    name: 'Daniel Weber',
    phone: '491713920012',
    messages: [
      us('Mon', 'Hello Daniel, your quote for the office chairs is ready.'),
      customer('Mon', 'Thank you, I will go through it with my colleague tonight.'),
      customer('10:02', 'We would take twelve instead of ten. Does the price change?'),
    ],
  },
  {
    licenseId: '41200',
    messengerType: 'telegram',
    id: '5523190884',
    name: 'Daniel Weber (private)',
    phone: '491713920034',
    messages: [
      customer('Sun', 'Writing from my own number: please use this one after six.'),
      us('Sun', 'Noted, thank you!'),
    ],
  },
  {
    licenseId: '41200',
    messengerType: 'telegram',
    id: '@sofia_rossi',
    name: 'Sofia Rossi',
    messages: [
      customer('11:40', 'Hi! The lamp arrived, it looks wonderful.'),
      us('11:44', 'So glad to hear it. A photo for our page, perhaps?'),
      customer('11:45', 'I will take one when the light is good.'),
    ],
  },
  {
    licenseId: '30310',
    messengerType: 'grWhatsApp',
    id: '120363041234567890@g.us',
    name: 'Loft 12 renovation',
    messages: [
      customer('08:30', 'Ben: The fitters are here at ten.'),
      customer('08:41', 'Amira: Keys are with the concierge.'),
      us('08:45', 'Thank you both. The worktop comes at noon.'),
    ],
  },
  {
    licenseId: '30310',
    messengerType: 'grWhatsApp',
    id: '12025550143@c.us',
    name: 'James Ortega',
    phone: '12025550143',
    messages: [
      customer('Tue', 'Can I change the fabric on order 2291?'),
      us('Tue', 'Of course. Here are the three that fit the frame.'),
      customer('07:58', 'The green one, please.'),
    ],
  },
  {
    licenseId: '41200',
    messengerType: 'telegram',
    id: '@james_ortega',
    name: 'James Ortega',
    phone: '12025550143',
    messages: [customer('Wed', 'Sent you the measurements here, the file was too big for the other app.')],
  },
  {
    licenseId: '15006',
    messengerType: 'caWhatsApp',
    id: '447700900142@c.us',
    name: 'Helen Park',
    phone: '447700900142',
    messages: [
      customer('12:20', 'Is the showroom open on Saturday?'),
      us('12:22', 'From ten to four, Helen. Shall I expect you?'),
    ],
  },
  {
    licenseId: '70450',
    messengerType: 'email',
    id: 'helen.park@example.com',
    name: 'Helen Park',
    messages: [
      customer('Mon', 'Please find the signed order attached.'),
      us('Mon', 'Received with thanks. You will have the invoice by tomorrow.'),
    ],
  },
  {
    licenseId: '52077',
    messengerType: 'vkontakte',
    id: '184467231',
    name: 'Ivan Kuznetsov',
    messages: [
      customer('Thu', 'Saw your post about the spring collection. Do you ship abroad?'),
      us('Thu', 'We do, Ivan. Where to?'),
    ],
  },
  {
    licenseId: '60118',
    messengerType: 'avito',
    id: '2750183346',
    name: 'Buyer of the walnut shelf',
    messages: [customer('Fri', 'Is the shelf from the advert still for sale?')],
  },
];
