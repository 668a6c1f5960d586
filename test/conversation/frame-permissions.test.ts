import {expect} from '@open-wc/testing';
import {allowFor, canEscapeSandbox, DEFAULT_ALLOW, DEFAULT_SANDBOX} from '../../src/conversation/frame-permissions.js';

const ORIGIN = 'https://new.dialogs.pro';

describe('the default sandbox', () => {
  it('is the vendor’s list, allow-downloads, and the way to the Dialog’s own login cookie', () => {
    const vendor =
      'allow-forms allow-modals allow-orientation-lock allow-pointer-lock allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts allow-top-navigation allow-top-navigation-by-user-activation';
    expect(DEFAULT_SANDBOX.split(' ')).to.have.members([
      ...vendor.split(' '),
      'allow-downloads',
      'allow-storage-access-by-user-activation',
    ]);
  });
});

describe('allowFor', () => {
  const CASES: [string, string, string][] = [
    [
      'gives the defaults to the origin, and to the page’s for the initial about:blank',
      DEFAULT_ALLOW,
      ['camera', 'microphone', 'clipboard-read', 'clipboard-write', 'fullscreen', 'autoplay']
        .map((feature) => `${feature} 'self' ${ORIGIN}`)
        .join('; '),
    ],
    ['gives a bare feature to the origin', 'microphone', `microphone 'self' ${ORIGIN}`],
    [
      'leaves an origin that the page named',
      'camera https://a.example; microphone',
      `camera 'self' https://a.example; microphone 'self' ${ORIGIN}`,
    ],
    ['leaves * and none', "camera *; microphone 'none'", "camera *; microphone 'none'"],
    ['adds no second self', `camera ${ORIGIN} 'self'`, `camera ${ORIGIN} 'self'`],
    [
      "reads 'src' as the origin, because our frames have no src",
      "camera 'src' https://a.example",
      `camera 'self' ${ORIGIN} https://a.example`,
    ],
    ['gives nothing for nothing', '', ''],
    ['leaves empty directives out', 'camera;; ', `camera 'self' ${ORIGIN}`],
    ['takes any white space', '\n camera \n;\tmicrophone\t', `camera 'self' ${ORIGIN}; microphone 'self' ${ORIGIN}`],
  ];
  for (const [behaviour, policy, allow] of CASES) {
    it(behaviour, () => expect(allowFor(policy, ORIGIN)).to.equal(allow));
  }
});

describe('canEscapeSandbox', () => {
  const CASES: [string, boolean][] = [
    [DEFAULT_SANDBOX, true],
    ['allow-same-origin\nALLOW-SCRIPTS', true],
    ['allow-scripts', false],
    ['allow-same-origin allow-forms', false],
    ['', false],
  ];
  for (const [sandbox, result] of CASES) {
    it(`${result ? 'sees' : 'sees no'} way out of "${sandbox.slice(0, 40)}"`, () =>
      expect(canEscapeSandbox(sandbox)).to.equal(result));
  }
});
