// Interface texts in Spanish.
import {addMessages, type Messages} from '../messages.js';

const messages: Messages = {
  loading: 'Abriendo la conversación',
  authorizing: 'Iniciando sesión',
  slow: 'Está tardando más de lo habitual.',
  idle: 'No hay ninguna conversación abierta.',
  empty: 'Este cliente no tiene teléfono ni chat.',
  retry: 'Reintentar',
  open: 'Abrir en una pestaña nueva',
  details: 'Detalles',
  phones: 'El teléfono de este cliente no es válido.',
  'dialog-ids': 'No se encuentra el chat de este cliente.',
  channel: 'El canal de este chat no es válido. Avise a su administrador.',
  employee: 'Su cuenta de empleado no es válida. Avise a su administrador.',
  renewal: 'El chat sigue abierto, pero no se pudo renovar la sesión.',
  offline: 'Sin conexión a internet.',
  'invalid-field': 'El chat no está bien configurado en esta página. Avise a su administrador.',
  'invalid-base-url': 'La dirección del chat no es válida. Avise a su administrador.',
  'same-origin': 'La dirección del chat no es válida. Avise a su administrador.',
  'access-token': 'No se pudo iniciar sesión.',
  'blocked-by-csp': 'Esta página no permite abrir el chat. Avise a su administrador.',
  'blocked-by-coep': 'Esta página no permite abrir el chat. Avise a su administrador.',
  unreachable: 'El servidor del chat no responde.',
  timeout: 'El chat aún no se ha cargado.',
  'frame-removed': 'Algo en esta página quitó el chat.',
  internal: 'No se puede abrir la conversación.',
};

addMessages('es', messages);
