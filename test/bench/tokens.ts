import {
  generateKeyPair,
  importPrivateKey,
  importPublicKey,
  mintToken,
  openToken,
} from '@vitrine/tokens';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { sampleClaims } from './claims.ts';
import { inTurn, type Row, row } from './row.ts';

const kid = '6102ad6c86792300351fd952';
const rounds = 7;
const count = 1500;

/** Mint and open per second beside bare jose with the same header, claims and keys. */
export async function tokens(): Promise<Row[]> {
  const pair = await generateKeyPair();
  const publicKey = await importPublicKey(pair.publicKey);
  const privateKey = await importPrivateKey(pair.privateKey);
  const now = Math.floor(Date.now() / 1000);
  const claims = sampleClaims(now);
  const token = await mintToken(claims, { kid, publicKey });
  const plaintext = new TextEncoder().encode(JSON.stringify(claims));

  const mint = () => mintToken(claims, { kid, publicKey });
  const bareMint = () =>
    new CompactEncrypt(plaintext)
      .setProtectedHeader({ typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM', zip: 'DEF', kid })
      .encrypt(publicKey);
  const open = () => openToken(token, { privateKeyFor: async () => privateKey, now });
  const bareOpen = async () => {
    const { plaintext: opened } = await compactDecrypt(token, privateKey);
    return JSON.parse(new TextDecoder().decode(opened));
  };

  for (const work of [mint, bareMint, open, bareOpen]) await perSecond(work, 200);
  const [minted, bareMinted] = await inTurn(
    rounds,
    () => perSecond(mint),
    () => perSecond(bareMint),
  );
  const [opened, bareOpened] = await inTurn(
    rounds,
    () => perSecond(open),
    () => perSecond(bareOpen),
  );
  return [
    row('mint, beside bare jose', '1/s', minted, bareMinted),
    row('open, beside bare jose and JSON.parse', '1/s', opened, bareOpened),
  ];
}

async function perSecond(work: () => Promise<unknown>, times = count): Promise<number> {
  const started = performance.now();
  for (let index = 0; index < times; index += 1) await work();
  return (times * 1000) / (performance.now() - started);
}
