import type { Dashboard, QueryResult, Session, Theme, ViewFilter } from '@vitrine/charts';
import type { ExportFormat } from '../api/api-client.ts';
import type { MembersAnswer } from '../api/read-members.ts';
import type { Panes } from '../boot/parse-route.ts';
import type { Translate } from '../i18n/translate.ts';
import type { ViewerErrorCode } from '../viewer-error.ts';
import type { Notice } from './state.ts';

/** All that can happen to the state. */
export type Action =
  | { type: 'started'; embedded: boolean; panes: Panes }
  | { type: 'failed'; code: ViewerErrorCode }
  | { type: 'session-opened'; session: Session }
  | { type: 'session-changed'; session: Session }
  | { type: 'session-lost'; code: ViewerErrorCode }
  | { type: 'language-changed'; language: string; t: Translate }
  | { type: 'theme-changed'; theme: Theme }
  | { type: 'panes-changed'; panes: Panes }
  | { type: 'drawer-toggled'; drawer: 'left' | 'right' | undefined }
  | { type: 'dashboard-asked'; dashboard: string; widget: string | undefined }
  | { type: 'dashboard-arrived'; dashboard: Dashboard }
  | { type: 'changes-made'; dashboard: string; changes: readonly ViewFilter[] }
  | { type: 'refresh-started'; refresh: number; widgets: readonly string[] }
  | { type: 'widget-arrived'; refresh: number; widget: string; result: QueryResult }
  | { type: 'widget-failed'; refresh: number; widget: string; code: ViewerErrorCode }
  | { type: 'refresh-failed'; refresh: number; code: ViewerErrorCode }
  | { type: 'members-asked'; key: string; term: string; again: boolean }
  | { type: 'members-arrived'; key: string; term: string; answer: MembersAnswer }
  | { type: 'members-outdated'; keys: readonly string[] }
  | { type: 'members-failed'; key: string; term: string; code: ViewerErrorCode }
  | { type: 'export-started'; format: ExportFormat }
  | { type: 'export-ended'; notice: Notice }
  | { type: 'notice-dismissed' };
