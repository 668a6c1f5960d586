// What a file weighs on its way to the browser.
import {brotliCompressSync, constants} from 'node:zlib';

/** Bytes at brotli 11. @param {string | Uint8Array} content */
export const brotliSize = (content) =>
  brotliCompressSync(content, {params: {[constants.BROTLI_PARAM_QUALITY]: 11}}).length;
