/** SEQUENCE { OBJECT IDENTIFIER rsaEncryption, NULL } */
const rsaEncryption = [
  0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01,
];
const nullValue = [0x05, 0x00];
const sequence = 0x30;
const bitString = 0x03;

/** Wraps a PKCS#1 RSA public key (RFC 8017 A.1.1) as SPKI (RFC 5280 §4.1). */
export function spkiOfPkcs1(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  const keyBits = element(bitString, [0, ...pkcs1]);
  return new Uint8Array(element(sequence, [...rsaEncryption, ...nullValue, ...keyBits]));
}

function element(tag: number, content: readonly number[]): number[] {
  return [tag, ...lengthBytes(content.length), ...content];
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
