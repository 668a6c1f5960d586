import {mount} from 'svelte';
import 'chatapp-dialog';
import 'chatapp-dialog/svelte';
import App from './App.svelte';

mount(App, {target: document.getElementById('app')!});
