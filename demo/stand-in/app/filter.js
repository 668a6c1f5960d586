/**
 * The chats that a request is about. License and messenger narrow; phones and dialog ids together widen:
 * a chat is in if it has one of the phones or one of the ids.
 * @template {import('./chats.js').Chat} Found
 * @param {readonly Found[]} chats
 * @param {{licenseId?: string | undefined, messengerType?: string | undefined, phones: string[], dialogIds: string[]}} fields
 * @returns {Found[]}
 */
export function filterChats(chats, {licenseId, messengerType, phones, dialogIds}) {
  const noContact = phones.length === 0 && dialogIds.length === 0;
  return chats.filter(
    (chat) =>
      (licenseId === undefined || chat.licenseId === licenseId) &&
      (messengerType === undefined || chat.messengerType === messengerType) &&
      (noContact || dialogIds.includes(chat.id) || phones.some((phone) => hasPhone(chat, phone))),
  );
}

/**
 * By the last digits: CRMs leave the country code away on purpose.
 * @param {import('./chats.js').Chat} chat
 * @param {string} phone
 */
function hasPhone(chat, phone) {
  return chat.phone !== undefined && chat.phone.endsWith(phone);
}
