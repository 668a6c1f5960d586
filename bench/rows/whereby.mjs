// Whereby's video calls: <whereby-embed>.

/** The whole function is sent to the page as text. @returns {import('../harness.mjs').Embed} */
function embedWhereby() {
  /** @param {number} customer */
  const roomOf = (customer) => `https://bench.whereby.com/room-${customer}`;
  return {
    mount(customer) {
      const embed = document.createElement('whereby-embed');
      embed.setAttribute('room', roomOf(customer));
      document.body.append(embed);
      return embed;
    },
    change: (embed, customer) => embed.setAttribute('room', roomOf(customer)),
    remove: (embed) => embed.remove(),
  };
}

/** @type {import('./index.mjs').Row} */
export const whereby = {
  name: 'whereby-embed',
  package: '@whereby.com/browser-sdk',
  entry: "import '@whereby.com/browser-sdk/embed';",
  embed: embedWhereby,
  hosts: ['bench.whereby.com'],
  without: {token: 'no token: a room’s key is part of its address'},
  how: 'The entry `embed` (no React). A customer is the attribute `room`.',
};
