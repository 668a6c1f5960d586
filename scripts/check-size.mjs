// Guards the size of the script tag against accidents, for example a development build of Lit in the bundle.
import {readFileSync} from 'node:fs';
import {brotliSize} from './brotli.mjs';

/** In bytes after brotli 11. A guard, not a target: see docs/internals/size.md. */
const LIMIT = 21_000;

const script = readFileSync(new URL('../dist/chatapp-dialog.min.js', import.meta.url));
const bytes = brotliSize(script);
console.log(`dist/chatapp-dialog.min.js: ${script.length} bytes, ${bytes} after brotli 11 (limit ${LIMIT})`);
if (bytes > LIMIT) {
  console.error(`The script tag is ${bytes - LIMIT} bytes over its limit.`);
  process.exit(1);
}
