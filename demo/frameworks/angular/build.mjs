// In place of Angular's CLI, which wants a newer Node than the package does: ngc has compiled src/ to out/.
import {cpSync} from 'node:fs';
import {build} from 'esbuild';

await build({
  entryPoints: ['out/angular/src/main.js'],
  outfile: 'dist/main.js',
  bundle: true,
  minify: true,
  format: 'esm',
  logLevel: 'warning',
});
cpSync('index.html', 'dist/index.html');
cpSync('../shared/public', 'dist', {recursive: true});
