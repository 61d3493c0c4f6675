import type { Finding } from '@vitrine/claims';
import { importPublicKey } from '@vitrine/tokens';
import { CompactEncrypt } from 'jose';
import type { Created, Started } from './start-service.ts';

/** What each flow says of the same claims: the errors as `code pointer`; for the open flow codes alone, as its log has them. */
export interface Verdicts {
  readonly mint: readonly string[];
  readonly test: readonly string[];
  readonly open: readonly string[];
  /** The public answer of the exchange; undefined for a session. */
  readonly answer: string | undefined;
}

/** A token as any holder of the key can make it: nothing has been checked. */
export async function encryptText(
  { kid, secret }: Created,
  text: string,
  { zip = true }: { zip?: boolean } = {},
): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({
      ...{ typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM', kid },
      ...(zip && { zip: 'DEF' }),
    })
    .encrypt(await importPublicKey(secret));
}

/** Sends claims, as JSON text, through minting, testing and opening over HTTP. */
export async function threeFlows(
  service: Started,
  configuration: Created,
  text: string,
  options: { zip?: boolean } = {},
): Promise<Verdicts> {
  const { kid, secret } = configuration;
  const body = `{"header":{"kid":"${kid}"},"secret":${JSON.stringify(secret)},"payload":${text}}`;
  const minted = await service.admin('POST', '/api/v1/wat/generate', body);
  const token = await encryptText(configuration, text, options);
  const tested = await service.admin('POST', '/api/v1/wat/test', { token });
  const before = service.logText().length;
  const opened = await service.exchange(token);
  return {
    mint: minted.ok ? [] : errorsOf(await minted.json()),
    test: errorsOf(await tested.json()),
    open: opened.ok ? [] : reasonsIn(service.logText().slice(before)),
    answer: opened.ok ? undefined : ((await opened.json()) as { code: string }).code,
  };
}

function errorsOf(answer: unknown): string[] {
  const { findings = [] } = answer as { findings?: readonly Finding[] };
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, pointer }) => `${code} ${pointer}`);
}

function reasonsIn(log: string): string[] {
  const lines = log.split('\n').filter((line) => line.includes('"token_refused"'));
  return lines.flatMap((line) => (JSON.parse(line) as { reasons?: string[] }).reasons ?? []);
}
