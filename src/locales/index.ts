export {addMessages, type Messages} from '../messages.js';
