// Tells the runner what a scene came to, for the table of docs/internals/load-scenes.md.
import {executeServerCommand} from '@web/test-runner-commands';
import type {ChatAppDialog} from '../../src/element.js';
import {part, visibleText} from './harness.js';

export type Engine = 'Chromium' | 'Firefox' | 'WebKit';
export const ENGINE: Engine = navigator.userAgent.includes('Chrome/')
  ? 'Chromium'
  : navigator.userAgent.includes('Firefox/')
    ? 'Firefox'
    : 'WebKit';

/** How the element stands now, `milliseconds` after the scene began. */
export async function record(scene: string, el: ChatAppDialog, milliseconds: number): Promise<void> {
  await executeServerCommand('scenes:record', {
    engine: ENGINE,
    scene,
    status: el.status,
    code: el.error?.code ?? null,
    seconds: milliseconds / 1000,
    agent: (part(el, 'error')?.innerText.trim() ?? visibleText(el)) || 'the frame',
    view: part(el, 'banner') ? 'banner' : part(el, 'overlay') ? 'cover' : 'frame',
    developer: el.error?.message ?? null,
  });
}
