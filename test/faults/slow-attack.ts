/**
 * Strangers who send slowly, in a process of their own so that they take no turn from whoever measures: `port sockets
 * seconds kind`. Tells when each has come for the first time, then comes again whenever it is cut off, until the time is over.
 */
import { connect, type Socket } from 'node:net';

const kinds = {
  /** Half a request line as long as a token's. */
  half: { text: `GET /${'a'.repeat(300_000)}`, drip: '' },
  /** One header a second. */
  drip: { text: 'GET / HTTP/1.1\r\nHost: x\r\n', drip: 'X: y\r\n' },
};
const addresses = 12;

const [port, sockets, seconds, kind] = process.argv.slice(2);
const { text, drip } = kind === 'half' ? kinds.half : kinds.drip;
const total = Number(sockets);
const endsAt = performance.now() + Number(seconds) * 1000;
const all = new Map<number, Socket>();
let came = 0;

function come(nth: number, tell: () => void): void {
  const localAddress = `127.0.1.${1 + (nth % addresses)}`;
  // Who is refused does not hang up either.
  const socket = connect({
    port: Number(port),
    host: '127.0.0.1',
    localAddress,
    allowHalfOpen: true,
  });
  all.set(nth, socket);
  socket.write(text);
  socket.resume();
  socket.on('error', () => undefined);
  socket.once('connect', tell);
  socket.once('close', () => {
    tell();
    if (performance.now() < endsAt) setTimeout(come, 200, nth, () => undefined);
  });
}

for (let nth = 0; nth < total; nth += 1) {
  let told = false;
  come(nth, () => {
    if (told) return;
    told = true;
    came += 1;
    if (came === total) process.send?.('came');
  });
}
setInterval(() => {
  for (const socket of all.values()) if (socket.writable) socket.write(drip);
}, 1000);
