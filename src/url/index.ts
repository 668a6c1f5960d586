export {
  DialogFieldError,
  type DialogFieldName,
  type DialogFields,
  MESSENGER_TYPES,
  type MessengerType,
} from './fields.js';
export {
  buildDialogUrl,
  DEFAULT_BASE_URL,
  type DialogUrlOptions,
  type ParsedDialogUrl,
  parseDialogUrl,
  shareableDialogUrl,
} from './dialog-url.js';
export {httpBuildQuery, type QueryData} from './http-build-query.js';
