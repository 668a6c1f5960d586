// Interface texts in Russian.
import {addMessages} from '../messages.js';

addMessages('ru', {
  loading: 'Открываем диалог',
  authorizing: 'Выполняется вход',
  slow: 'Это занимает больше времени, чем обычно.',
  error: 'Не удалось открыть диалог.',
  offline: 'Нет подключения к интернету.',
  unreachable: 'Сервер не отвечает.',
  timeout: 'Диалог не загрузился.',
  'access-token': 'Не удалось выполнить вход.',
  empty: 'У этого клиента нет ни телефона, ни чата.',
  idle: 'Ни один диалог не открыт.',
  retry: 'Повторить',
  open: 'Открыть в новой вкладке',
});
