// Interface texts in Spanish.
import {addMessages, type Messages} from '../messages.js';

const messages: Messages = {
  loading: 'Abriendo el chat',
  authorizing: 'Iniciando sesión',
  slow: 'El chat aún se está cargando. Está tardando más de lo habitual.',
  idle: 'No hay ningún chat abierto.',
  empty: 'Este cliente no tiene teléfono ni chat. Añada un teléfono.',
  retry: 'Reintentar',
  open: 'Abrir en otra pestaña',
  details: 'Detalles técnicos',
  phones: 'El teléfono de este cliente no es válido. Corríjalo.',
  'dialog-ids': 'No se puede abrir el chat de este cliente. Avise a su administrador.',
  channel: 'El canal de este chat no es válido. Avise a su administrador.',
  employee: 'Su cuenta de empleado no es válida. Avise a su administrador.',
  renewal: 'El chat sigue abierto, pero no se pudo renovar la sesión. Avise a su administrador.',
  offline: 'Sin conexión a internet.',
  'invalid-field': 'El chat no está bien configurado en esta página. Avise a su administrador.',
  'invalid-base-url': 'La dirección del chat no es válida. Avise a su administrador.',
  'same-origin': 'La dirección del chat no es válida. Avise a su administrador.',
  'access-token': 'No se pudo iniciar sesión. Si vuelve a ocurrir, avise a su administrador.',
  'blocked-by-csp': 'Esta página no permite abrir el chat. Avise a su administrador.',
  'blocked-by-coep': 'Esta página no permite abrir el chat. Avise a su administrador.',
  unreachable: 'El servidor del chat no responde.',
  timeout: 'El chat aún no se ha cargado.',
  'frame-removed': 'Algo en esta página quitó la ventana del chat.',
  internal: 'No se puede abrir el chat.',
};

addMessages('es', messages);
