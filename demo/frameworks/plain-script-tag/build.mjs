// All that a page without a build needs: its own files, and the script of the element on its own server.
import {cpSync} from 'node:fs';

for (const file of ['index.html', 'crm.js']) cpSync(file, `dist/${file}`);
cpSync('node_modules/chatapp-dialog/dist/chatapp-dialog.min.js', 'dist/chatapp-dialog.min.js');
cpSync('../shared/public', 'dist', {recursive: true});
