// Interface texts in Portuguese.
import {addMessages, type Messages} from '../messages.js';

const messages: Messages = {
  loading: 'Abrindo a conversa',
  authorizing: 'Entrando',
  slow: 'Está demorando mais do que o normal.',
  idle: 'Nenhuma conversa aberta.',
  empty: 'Este cliente não tem telefone nem chat.',
  retry: 'Tentar novamente',
  open: 'Abrir em uma nova aba',
  details: 'Detalhes',
  phones: 'O telefone deste cliente não é válido.',
  'dialog-ids': 'O chat deste cliente não foi encontrado.',
  channel: 'O canal deste chat não é válido. Avise o administrador.',
  employee: 'Sua conta de funcionário não é válida. Avise o administrador.',
  renewal: 'O chat continua aberto, mas não foi possível renovar o acesso.',
  offline: 'Sem conexão com a internet.',
  'invalid-field': 'O chat não está bem configurado nesta página. Avise o administrador.',
  'invalid-base-url': 'O endereço do chat não é válido. Avise o administrador.',
  'same-origin': 'O endereço do chat não é válido. Avise o administrador.',
  'access-token': 'Não foi possível entrar.',
  'blocked-by-csp': 'Esta página não permite abrir o chat. Avise o administrador.',
  'blocked-by-coep': 'Esta página não permite abrir o chat. Avise o administrador.',
  unreachable: 'O servidor do chat não responde.',
  timeout: 'O chat ainda não carregou.',
  'frame-removed': 'Algo nesta página removeu o chat.',
  internal: 'Não foi possível abrir a conversa.',
};

addMessages('pt', messages);
