export {DialogFieldError, type DialogFieldName, type DialogFields, type MessengerType} from './fields.js';
export {
  buildDialogUrl,
  type DialogUrlOptions,
  type ParsedDialogUrl,
  parseDialogUrl,
  shareableDialogUrl,
} from './dialog-url.js';
export {httpBuildQuery, type QueryData} from './http-build-query.js';
