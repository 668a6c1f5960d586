// Mux's <youtube-video>.

/** The whole function is sent to the page as text. @returns {import('../harness.mjs').Embed} */
function embedYoutube() {
  /** A video's id has eleven characters. @param {number} customer */
  const srcOf = (customer) => `https://www.youtube.com/watch?v=video-${customer}`;
  return {
    mount(customer) {
      const video = document.createElement('youtube-video');
      video.setAttribute('src', srcOf(customer));
      document.body.append(video);
      return video;
    },
    change: (video, customer) => video.setAttribute('src', srcOf(customer)),
    remove: (video) => video.remove(),
  };
}

/** What the element uses of YouTube's own script. It says that the player is ready when its frame has loaded. */
const API_STUB = `window.YT = {
  PlayerState: {PLAYING: 1, PAUSED: 2, BUFFERING: 3, ENDED: 0},
  Player: class {
    constructor(iframe, {events}) { iframe.addEventListener('load', () => events.onReady(), {once: true}); }
    addEventListener() {}
    getVideoLoadedFraction() { return 0; }
    getDuration() { return 0; }
    getCurrentTime() { return 0; }
    getPlayerState() { return -1; }
    getVolume() { return 100; }
    destroy() {}
  },
};
window.onYouTubeIframeAPIReady();`;

/** @type {import('./index.mjs').Row} */
export const youtube = {
  name: 'youtube-video',
  package: 'youtube-video-element',
  entry: "import 'youtube-video-element';",
  embed: embedYoutube,
  hosts: ['www.youtube.com'],
  answers: {'www.youtube.com/iframe_api': {type: 'text/javascript', body: API_STUB}},
  scripts: ['https://www.youtube.com/iframe_api'],
  without: {token: 'no token'},
  how: 'A customer is the attribute `src`. It loads YouTube’s own script. Here that is a local stub of some lines, and the real one costs more.',
};
