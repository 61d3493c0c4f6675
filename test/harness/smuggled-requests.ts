/** A request to the exchange, which refuses it for its body at the latest. */
export const post = (headers: string, body: string) =>
  `POST /api/v1/wat/sessionToken HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`;

const chunked = 'Transfer-Encoding: chunked';
const end = '0\r\n\r\n';

/** Ways to make two parsers disagree about where a request ends; `second` stands where a careless one sees the next. */
export function smuggledRequests(second: string): Readonly<Record<string, string>> {
  const length = second.length;
  const asChunk = `${length.toString(16)}\r\n${second}\r\n${end}`;
  return {
    'CL.TE': post(`Content-Length: ${end.length + length}\r\n${chunked}`, end + second),
    'TE.CL': post(`${chunked}\r\nContent-Length: 4`, asChunk),
    'TE.0': post(chunked, asChunk),
    'TE.0 of a request that has no body': post(chunked, asChunk).replace('POST', 'OPTIONS'),
    'two lengths that differ': post(`Content-Length: 0\r\nContent-Length: ${length}`, second),
    'two lengths in one line': post(`Content-Length: 0, ${length}`, second),
    'a length with a sign': post('Content-Length: +0', second),
    'a negative length': post('Content-Length: -1', second),
    'a length in hexadecimal': post('Content-Length: 0x0', second),
    'a length with a blank inside': post('Content-Length: 0 0', second),
    'a length beyond all numbers': post('Content-Length: 18446744073709551616', second),
    'an empty length': post('Content-Length:', second),
    'a coding that is not the last': post('Transfer-Encoding: chunked, identity', end + second),
    'an unknown coding': post('Transfer-Encoding: xchunked', end + second),
    'a quoted coding': post('Transfer-Encoding: "chunked"', end + second),
    'a coding behind a vertical tab': post('Transfer-Encoding:\x0bchunked', end + second),
    'codings in two lines': post(`${chunked}\r\nTransfer-Encoding: x`, end + second),
    'a blank before the colon': post('Transfer-Encoding : chunked', end + second),
    'a length with a blank before the colon': post(`Content-Length : ${length}`, second),
    'a folded line': post('X: y\r\n Transfer-Encoding: chunked', end + second),
    'a folded coding': post('Transfer-Encoding:\r\n chunked', end + second),
    'a vertical tab in a name': post('Content\x0bLength: 0', second),
    'a NUL in a name': post('Content-Length\0: 0', second),
    'a NUL in a value': post('X: a\0b', second),
    'a carriage return in a value': post('X: a\rContent-Length: 0', second),
    'line feeds alone': post('Content-Length: 0', second).replaceAll('\r\n', '\n'),
    'a line feed alone after a header': post(`X: y\nContent-Length: 0`, second),
    'a chunk size with a prefix': post(chunked, `0x0\r\n\r\n${second}`),
    'a chunk size with a sign': post(chunked, `+0\r\n\r\n${second}`),
    'a chunk size that wraps': post(chunked, `10000000000000000\r\n${second}`),
    'a chunk that ends early': post(chunked, `1\r\nab${end}${second}`),
    'a chunk size ended by a line feed': post(chunked, `0\n\n${second}`),
    'an extension with a line feed': post(chunked, `0;a\nb\r\n\r\n${second}`),
    'an extension with a carriage return': post(chunked, `0;a\rb\r\n\r\n${second}`),
    'a coding under HTTP/1.0': post(chunked, end + second).replace('HTTP/1.1', 'HTTP/1.0'),
    'a version of two digits': `GET /healthz HTTP/1.11\r\nHost: x\r\n\r\n${second}`,
    'no version': `GET /nothing\r\n\r\n${second}`,
    'a request without a host': `GET /nothing HTTP/1.1\r\n\r\n${second}`,
    'a name with no colon': post('Content-Length', second),
    'a first line that begins with a blank': ` GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n${second}`,
  };
}
