// What a page loads. No browser is needed.
import {brotliSize} from '../../scripts/brotli.mjs';

/** @type {import('./index.mjs').Column} */
export const bytes = {
  id: 'bytes',
  title: 'Size of the script',
  values: {min: {title: 'minified', unit: 'bytes'}, brotli: {title: 'brotli 11', unit: 'bytes', chart: true}},
  isStatic: true,
  samples: 1,
  measure: ({source}) => ({
    min: Buffer.byteLength(source),
    brotli: brotliSize(source),
  }),
  how: 'esbuild bundles each peer into one classic script. The script is minified, in production mode, for ES2022, and without licence comments. Ours is the published file without the line that names its source map.',
};
