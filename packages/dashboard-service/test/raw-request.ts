import { connect } from 'node:net';

/** Everything that a server sends back for these bytes until it closes the connection, or has been silent for `quietMs`. */
export function rawRequest(url: string, bytes: string, quietMs = 3000): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    let answer = '';
    socket.setEncoding('latin1');
    socket.setTimeout(quietMs, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    // A reset is an answer too: the empty one.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

/** The status of each answer in what `rawRequest` got. */
export function statusesIn(answer: string): number[] {
  return Array.from(answer.matchAll(/HTTP\/1\.1 (\d{3}) /g), ([, status]) => Number(status));
}
