export type { FrameChannel, FrameHandlers, Notice } from './channel/frame-channel.ts';
export type { FrameNotice, HostChannel } from './channel/host-channel.ts';
export type { FrameConnectionOptions } from './connect-to-frame.ts';
export { connectToFrame } from './connect-to-frame.ts';
export type { HostConnectionOptions } from './connect-to-host.ts';
export { connectToHost } from './connect-to-host.ts';
export type { MessageWindow } from './handshake/message-window.ts';
export { createNonce } from './handshake/peer.ts';
export type {
  ActionResults,
  ErrorMessage,
  ExportDoneMessage,
  ExportResult,
  FiltersChangedMessage,
  FrameMessage,
  LoadedMessage,
  ReadyMessage,
  RemoteError,
  ResizeMessage,
  ResultMessage,
  SessionInfo,
  SessionMessage,
  WidgetLoadedMessage,
} from './messages/frame-messages.ts';
export { curedByNewToken, isFrameMessage } from './messages/frame-messages.ts';
export type {
  Action,
  ActionArgs,
  BlockedAction,
  BlockedCallMessage,
  CallMessage,
  ExportOptions,
  HostMessage,
  InitMessage,
  SetMessage,
  WatMessage,
} from './messages/host-messages.ts';
export { blockedActions, isHostMessage } from './messages/host-messages.ts';
export type { Asset, ExportFormat, FilterItem, Settings } from './messages/shared.ts';
export { isId, maxTokenLength } from './messages/shared.ts';
export type { ProtocolErrorCode } from './protocol-error.ts';
export { ProtocolError, protocolErrors } from './protocol-error.ts';
