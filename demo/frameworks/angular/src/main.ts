// The compiler at run time, because Angular's libraries come half compiled and its CLI, which would finish them, is not in use.
import '@angular/compiler';
import {bootstrapApplication} from '@angular/platform-browser';
import 'chatapp-dialog';
import {App} from './app';

bootstrapApplication(App).catch((error: unknown) => console.error(error));
