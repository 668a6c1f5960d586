export {ChatAppDialog} from './elements/chatapp-dialog.js';
export {ChatAppDialogLink} from './elements/chatapp-dialog-link.js';
export type {DialogIdentityFields} from './elements/dialog-fields.js';
export {
  ChatAppErrorEvent,
  ChatAppLoadEvent,
  ChatAppLoadStartEvent,
  ChatAppStatusChangeEvent,
  FRAME_STATUSES,
  type FrameStatus,
} from './events.js';
export {ChatAppDialogError, type ChatAppDialogErrorCode, ERROR_CODES} from './dialog-error.js';
export type {
  AccessTokenAnswer,
  AccessTokenRequest,
  GetAccessToken,
  OpeningReason,
} from './conversation/access-token.js';
export {DEFAULT_ALLOW, DEFAULT_SANDBOX} from './conversation/frame-permissions.js';
export type {DialogFieldName, DialogFields, MessengerType} from './url/fields.js';
