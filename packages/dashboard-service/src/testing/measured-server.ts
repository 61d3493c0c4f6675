/** The listener in a process of its own: answers each request with the most memory it ever held, bytes. */
import type { AddressInfo } from 'node:net';
import { createHttpServer } from '../server/create-http-server.ts';

const server = createHttpServer((_request, response) => {
  response.end(String(process.resourceUsage().maxRSS * 1024));
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
