export type { ConfigurationView } from './configurations/configuration-view.ts';
export {
  createTokenService,
  type TokenService,
  type TokenServiceOptions,
} from './create-token-service.ts';
export type { ClaimsPolicy, Directory } from './directory.ts';
export type { Caller, PlainHandler } from './http/plain-handler.ts';
export { readJsonBody } from './http/read-json-body.ts';
export { writeText } from './http/write-text.ts';
export { defaultLimits, type Limits } from './limits/limits.ts';
export { memoryOf } from './limits/memory-of.ts';
export { networkOf } from './limits/network-of.ts';
export type { Rate } from './limits/token-buckets.ts';
export { type LoggedError, redactError } from './log/redact-error.ts';
export { redactUrl } from './log/redact-url.ts';
export { logRequest, requestLog } from './log/request-log.ts';
export { buildOpenApi } from './openapi/build-openapi.ts';
export { json, type Operation } from './openapi/operation.ts';
export { tokenOperations } from './openapi/token-operations.ts';
export { foreignOriginOf } from './origins/foreign-origin.ts';
export {
  type InputError,
  Problem,
  type ProblemBody,
  type ProblemOptions,
} from './problem/problem.ts';
export { problemFrom } from './problem/problem-from.ts';
export { problemHandler } from './problem/problem-handler.ts';
export { type ProblemCode, type ProblemKind, problemKinds } from './problem/problem-kinds.ts';
export { writeProblem } from './problem/write-problem.ts';
export type { LiveSession } from './sessions/live-session.ts';
export { StateError, type StateErrorCode, stateErrors } from './state-error.ts';
export type { DatabaseOptions } from './store/postgres/database.ts';
export { openPostgresStore } from './store/postgres/open-postgres-store.ts';
export { openSqliteStore } from './store/sqlite/open-sqlite-store.ts';
export type * from './store/store.ts';
export { InflateStream } from './tokens/zip-streams.ts';
