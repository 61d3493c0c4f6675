import { themeErrors } from '@vitrine/charts';
import { type CodeEntry, findingCodes, type Level } from '@vitrine/claims';
import { listenerErrors } from '@vitrine/dashboard-service';
import { embedErrors } from '@vitrine/embed';
import { engineErrors } from '@vitrine/engines';
import { exportErrors } from '@vitrine/export';
import { jaqlErrors } from '@vitrine/jaql';
import { protocolErrors } from '@vitrine/protocol';
import { type ProblemKind, problemKinds, stateErrors } from '@vitrine/token-service';
import { tokenErrors } from '@vitrine/tokens';
import { enUS, viewerErrorCodes } from '@vitrine/viewer';

/** One table of codes in the catalogue. */
export interface CodeTable {
  readonly title: string;
  readonly intro: string;
  readonly columns: readonly string[];
  /** Rows by code; the cells follow `columns`. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
}

const plain = (
  title: string,
  intro: string,
  codes: Readonly<Record<string, string>>,
): CodeTable => ({
  title,
  intro,
  columns: ['meaning'],
  rows: Object.fromEntries(Object.entries(codes).map(([code, text]) => [code, [text]])),
});

function findingTable(level: Level, intro: string): CodeTable {
  const entries: [string, CodeEntry][] = Object.entries(findingCodes);
  const rows = entries
    .filter(([, entry]) => entry.level === level)
    .map(([code, entry]) => [code, [severityOf(entry), entry.message, entry.hint]]);
  return {
    title: `Findings: ${level}`,
    intro,
    columns: ['severity', 'meaning', 'what to do'],
    rows: Object.fromEntries(rows),
  };
}

function severityOf({ severity, at = {}, strict }: CodeEntry): string {
  const uses = Object.entries(at).map(([use, other]) => `${other} at ${use}`);
  return [severity, ...uses, ...(strict ? [`${strict} if strict`] : [])].join('; ');
}

function problemTable(): CodeTable {
  const rows = Object.entries(problemKinds).map(([code, kind]: [string, ProblemKind]) => [
    code,
    [String(kind.status), kind.detail],
  ]);
  return {
    title: 'Answers of the services',
    intro:
      'Problem details (RFC 9457): `type` is `urn:vitrine:problem:` and the code. On admin routes `findings` and `errors` say more.',
    columns: ['status', 'meaning'],
    rows: Object.fromEntries(rows),
  };
}

const viewerTexts = Object.fromEntries(
  viewerErrorCodes.map((code) => [code, `${enUS[`error.${code}.title`]}.`]),
);

/** Every table of codes that the packages export. */
export const codeTables: readonly CodeTable[] = [
  plain(
    'Tokens',
    '`TokenError` of `@vitrine/tokens`, also the answers of an exchange.',
    tokenErrors,
  ),
  findingTable('structure', 'What the form of token, header and claims must be.'),
  findingTable('logic', 'What claims say, judged without looking at users or data.'),
  findingTable('data', 'What claims name, compared with directory, content and models.'),
  problemTable(),
  plain(
    'Answers of the listener',
    'The same form, for requests that cannot be read: 431, 408 and 400.',
    listenerErrors,
  ),
  plain(
    'State',
    '`StateError` of `@vitrine/token-service`; the last three stop the start.',
    stateErrors,
  ),
  plain('Queries', '`JaqlError` of `@vitrine/jaql`.', jaqlErrors),
  plain('Engines', '`EngineError` of `@vitrine/engines`.', engineErrors),
  plain('Export', '`ExportError` of `@vitrine/export`.', exportErrors),
  plain('Themes', '`ThemeError` of `@vitrine/charts`.', themeErrors),
  plain('Between page and frame', '`ProtocolError` of `@vitrine/protocol`.', protocolErrors),
  plain(
    'Element',
    '`EmbedError` of `@vitrine/embed`, beside the codes of the protocol, the viewer and the services.',
    embedErrors,
  ),
  plain(
    'Viewer',
    'What a reader sees, and what the `error` event of the element carries.',
    viewerTexts,
  ),
];
