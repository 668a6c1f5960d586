export {AccessTokenError, type AccessTokenErrorCode} from './access-token-error.js';
export {
  createAccessTokenHandler,
  type AccessTokenHandler,
  type AccessTokenHandlerOptions,
  type Authorization,
} from './access-token-handler.js';
export type {AccessTokenEvent, AccessTokenSourceOptions} from './access-token-options.js';
export {createAccessTokenSource, type AccessToken, type AccessTokenSource} from './access-token-source.js';
export {toNodeListener, type NodeRequest, type NodeResponse} from './node-listener.js';
export {memoryStore} from './stores/memory-store.js';
export {redisStore, type RedisClient} from './stores/redis-store.js';
export {sqliteStore, type SqliteDatabase} from './stores/sqlite-store.js';
export type {TokenStore} from './stores/token-store.js';
