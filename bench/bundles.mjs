// The rows' scripts, each one classic script.
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {import('./rows/index.mjs').Row} row
 * @returns {Promise<string>}  empty for a row without a script
 */
export async function sourceOf({file, entry, isRoot}) {
  // The comment that names the source map is not the script's.
  if (file) return readFileSync(root + file, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\n?$/, '');
  if (!entry) return '';
  const {outputFiles} = await build({
    stdin: {contents: entry, resolveDir: isRoot ? root : here},
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    conditions: ['production'],
    define: {'process.env.NODE_ENV': '"production"'},
    legalComments: 'none',
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

/**
 * The version of what a row bundles.
 * @param {import('./rows/index.mjs').Row} row
 * @returns {string}
 */
export function versionOf({package: name, isRoot}) {
  const folder = name ? `${isRoot ? root : here}node_modules/${name}/` : root;
  return JSON.parse(readFileSync(`${folder}package.json`, 'utf8')).version;
}
