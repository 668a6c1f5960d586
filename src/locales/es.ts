// Interface texts in Spanish.
import {addMessages} from '../messages.js';

addMessages('es', {
  loading: 'Abriendo la conversación',
  authorizing: 'Iniciando sesión',
  slow: 'Está tardando más de lo habitual.',
  error: 'No se puede abrir la conversación.',
  offline: 'Sin conexión a internet.',
  unreachable: 'El servidor no responde.',
  timeout: 'La conversación no se ha cargado.',
  'access-token': 'No se pudo iniciar sesión.',
  empty: 'Este cliente no tiene teléfono ni chat.',
  idle: 'No hay ninguna conversación abierta.',
  retry: 'Reintentar',
  open: 'Abrir en una pestaña nueva',
});
