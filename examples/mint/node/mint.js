// node mint.js KID PUBLIC_KEY_FILE < claims.json
import { readFileSync } from 'node:fs';
import { CompactEncrypt, importSPKI } from 'jose';

const [kid, keyFile] = process.argv.slice(2);
const publicKey = await importSPKI(readFileSync(keyFile, 'utf8'), 'RSA-OAEP-256');
const claims = readFileSync(0);

const token = await new CompactEncrypt(claims)
  .setProtectedHeader({ typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM', zip: 'DEF', kid })
  .encrypt(publicKey);
console.log(token);
