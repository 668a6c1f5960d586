import {createApp} from 'vue';
import 'chatapp-dialog';
import 'chatapp-dialog/vue';
import App from './App.vue';

createApp(App).mount('#app');
