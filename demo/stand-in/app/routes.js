// The path form of a dialog's address: /dialogs/{license}/{messenger}/{chat id}. Used by the page and by the server.

/** @typedef {{licenseId: string, messengerType: string, id: string}} ChatKey */

/**
 * @param {ChatKey} chat
 * @returns {string}
 */
export function chatPath(chat) {
  const parts = [chat.licenseId, chat.messengerType, chat.id].map(encodeURIComponent);
  // `@` is allowed in a path and in nearly every chat id: links stay readable.
  return '/dialogs/' + parts.join('/').replaceAll('%40', '@');
}

/**
 * @param {string} path
 * @returns {ChatKey | null}  null where the path names no chat
 */
export function readChatPath(path) {
  const parts = /^\/dialogs\/([^/]+)\/([^/]+)\/([^/]+)\/?$/.exec(path)?.slice(1);
  if (!parts) return null;
  try {
    const [licenseId = '', messengerType = '', id = ''] = parts.map(decodeURIComponent);
    return {licenseId, messengerType, id};
  } catch {
    return null; // a stray % in the path
  }
}

/**
 * @param {ChatKey} one
 * @param {ChatKey} other
 */
export function isSameChat(one, other) {
  return one.licenseId === other.licenseId && one.messengerType === other.messengerType && one.id === other.id;
}
