export {ChatAppDialog} from './chatapp-dialog.js';
export {ChatAppDialogLink} from './chatapp-dialog-link.js';
export type {DialogIdentityFields} from './dialog-fields-element.js';
export {ChatAppErrorEvent, ChatAppLoadEvent, ChatAppLoadStartEvent, ChatAppStatusChangeEvent} from './events.js';
export {ChatAppDialogError, type ChatAppDialogErrorCode, ERROR_CODES} from './dialog-error.js';
export type {AccessTokenAnswer, AccessTokenRequest, GetAccessToken, OpeningReason} from './frame/access-token.js';
export {DEFAULT_ALLOW, DEFAULT_SANDBOX} from './frame/frame-permissions.js';
export {FRAME_STATUSES, type FrameStatus} from './frame/frame-state.js';
export type {DialogFieldName, DialogFields, MessengerType} from './url/fields.js';
