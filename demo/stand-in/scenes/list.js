// The scenes by name, for a page that lets the reader choose one. No Node in here: the browser imports it too.

/**
 * @typedef {{name: string, title: string, description: string}} Scene  `name` is the part of the path behind `/scene/`.
 */

/** @type {readonly Scene[]} */
export const SCENES = [
  {name: 'never', title: 'Never answers', description: 'The request arrives, and no answer ever comes.'},
  {name: 'headers', title: 'Headers only', description: 'The headers come at once, the page never.'},
  {name: 'endless', title: 'Endless page', description: 'The page begins with a paragraph and never ends.'},
  {
    name: 'slow-9000',
    title: 'Slow answer',
    description: 'The page comes after nine seconds. Any number of milliseconds may stand in the name.',
  },
  {name: 'release', title: 'Answer on call', description: 'The page comes when /_release is called.'},
  {
    name: 'slow-paint',
    title: 'Slow paint',
    description: 'The page comes at once, stays white for a second and then takes the colour of the phone.',
  },
  {name: 'redirect', title: 'Redirect', description: 'The page comes from another origin, after a redirect.'},
  {name: 'third-party', title: 'Third-party image', description: 'The page loads an image from another origin.'},
  {
    name: 'announce',
    title: 'Tells its address',
    description: 'A small page that sends the query of its address to the outermost page.',
  },
  {name: 'no-content', title: 'No content', description: 'The answer is 204: there is no page.'},
  {name: 'download', title: 'Download', description: 'The answer is a file to save, not a page.'},
  {name: '404', title: 'Not found', description: 'The answer is an error page with status 404.'},
  {name: '500', title: 'Server error', description: 'The answer is an error page with status 500.'},
  {name: 'x-frame-options', title: 'X-Frame-Options', description: 'The page forbids every frame by X-Frame-Options.'},
  {
    name: 'frame-ancestors',
    title: 'frame-ancestors',
    description: 'The page forbids every frame by its Content-Security-Policy.',
  },
  {
    name: 'reset',
    title: 'Connection reset',
    description: 'The server resets the connection when the request arrives. Browsers try again, Firefox ten times.',
  },
  // The last one, because the arrow keys cannot leave it.
  {
    name: 'steal-focus',
    title: 'Steals the focus',
    description:
      'Like the slow paint, and the page takes the focus twenty times a second. Reload this page to get the keyboard back.',
  },
];
