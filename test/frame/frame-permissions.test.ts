import {expect} from '@open-wc/testing';
import {allowFor, canEscapeSandbox, DEFAULT_ALLOW, DEFAULT_SANDBOX} from '../../src/frame/frame-permissions.js';

const ORIGIN = 'https://new.dialogs.pro';

describe('the default sandbox', () => {
  it('is the vendor’s list and allow-downloads', () => {
    const vendor =
      'allow-forms allow-modals allow-orientation-lock allow-pointer-lock allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts allow-top-navigation allow-top-navigation-by-user-activation';
    expect(DEFAULT_SANDBOX.split(' ')).to.have.members([...vendor.split(' '), 'allow-downloads']);
  });
});

describe('allowFor', () => {
  const CASES: [string, string, string][] = [
    [
      'gives the defaults to the origin',
      DEFAULT_ALLOW,
      `camera ${ORIGIN}; microphone ${ORIGIN}; clipboard-read ${ORIGIN}; clipboard-write ${ORIGIN}; fullscreen ${ORIGIN}`,
    ],
    ['gives a bare feature to the origin', 'microphone', `microphone ${ORIGIN}`],
    [
      'leaves an origin that the page named',
      'camera https://a.example; microphone',
      `camera https://a.example; microphone ${ORIGIN}`,
    ],
    ['leaves * and none', "camera *; microphone 'none'", "camera *; microphone 'none'"],
    [
      "reads 'src' as the origin, for our frames have no src",
      "camera 'src' https://a.example",
      `camera ${ORIGIN} https://a.example`,
    ],
    ['gives nothing for nothing', '', ''],
    ['keeps empty directives empty', 'camera;; ', `camera ${ORIGIN};; `],
    ['takes any white space', '\n camera \n;\tmicrophone\t', `\n camera ${ORIGIN};\tmicrophone ${ORIGIN}`],
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
