// Interface texts in Portuguese.
import {addMessages, type Messages} from '../messages.js';

const messages: Messages = {
  loading: 'Abrindo o chat',
  authorizing: 'Entrando',
  slow: 'O chat ainda está carregando. Está demorando mais do que o normal.',
  idle: 'Nenhum chat aberto.',
  empty: 'Este cliente não tem telefone nem chat. Adicione um telefone.',
  retry: 'Tentar de novo',
  open: 'Abrir em nova aba',
  details: 'Detalhes técnicos',
  phones: 'O telefone deste cliente não é válido. Corrija-o.',
  'dialog-ids': 'Não foi possível abrir o chat deste cliente. Avise o administrador.',
  channel: 'O canal deste chat não é válido. Avise o administrador.',
  employee: 'Sua conta de funcionário não é válida. Avise o administrador.',
  renewal: 'O chat continua aberto, mas não foi possível renovar o acesso. Avise o administrador.',
  offline: 'Sem conexão com a internet.',
  'invalid-field': 'O chat não está bem configurado nesta página. Avise o administrador.',
  'invalid-base-url': 'O endereço do chat não é válido. Avise o administrador.',
  'same-origin': 'O endereço do chat não é válido. Avise o administrador.',
  'access-token': 'Não foi possível entrar. Se acontecer de novo, avise o administrador.',
  'blocked-by-csp': 'Esta página não permite abrir o chat. Avise o administrador.',
  'blocked-by-coep': 'Esta página não permite abrir o chat. Avise o administrador.',
  unreachable: 'O servidor do chat não responde.',
  timeout: 'O chat ainda não carregou.',
  'frame-removed': 'Algo nesta página removeu a janela do chat.',
  internal: 'Não foi possível abrir o chat.',
};

addMessages('pt', messages);
