import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of 127.0.0.1 that nobody listens on at this moment: the preferred one if it is free. */
export async function findFreePort(preferred = 0): Promise<number> {
  const server = createServer();
  try {
    server.listen(preferred, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string')
      throw new Error('no port of 127.0.0.1 can be listened on');
    return address.port;
  } catch (error) {
    if (preferred === 0) throw error;
    return await findFreePort();
  } finally {
    server.close();
  }
}
