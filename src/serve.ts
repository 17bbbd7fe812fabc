import { createServer, type Server } from 'node:http';
import { createApp } from './app.js';
import type { Dependencies } from './core/context.js';

export interface RunningServer {
  /** The port it listens on, also when 0 was asked for. */
  readonly port: number;
  /** Stops taking requests, lets those under way finish (up to 8 seconds), and resolves. */
  close(): Promise<void>;
}

const graceMillis = 8_000;

/** The port is in use by another program. */
export class PortTaken extends Error {}

/**
 * Serves the application on the configured address.
 * @throws PortTaken
 */
export async function serve(deps: Dependencies): Promise<RunningServer> {
  const server = createServer(
    { requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: 10_000 },
    createApp(deps),
  );
  await listen(server, deps.config.host, deps.config.port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : deps.config.port,
    close: () => close(server),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken
          ? new PortTaken(
              `Port ${port} on ${host} is taken by another program. Choose another one: PORT=${port + 1} npm start`,
            )
          : error,
      );
    });
    server.listen(port, host, resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMillis);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
