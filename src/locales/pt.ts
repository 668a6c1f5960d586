// Interface texts in Portuguese.
import {addMessages} from '../messages.js';

addMessages('pt', {
  loading: 'Abrindo a conversa',
  authorizing: 'Entrando',
  slow: 'Está demorando mais do que o normal.',
  error: 'Não foi possível abrir a conversa.',
  offline: 'Sem conexão com a internet.',
  unreachable: 'O servidor não responde.',
  timeout: 'A conversa não carregou.',
  'access-token': 'Não foi possível entrar.',
  empty: 'Este cliente não tem telefone nem chat.',
  idle: 'Nenhuma conversa aberta.',
  retry: 'Tentar novamente',
  open: 'Abrir em uma nova aba',
});
