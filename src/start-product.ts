import type { Config } from './config.js';
import { openDependencies, type OpenDependencies } from './core/dependencies.js';
import { startEmbeddedPostgres } from './core/embedded-postgres/embedded-postgres.js';
import { prepareDatabase } from './core/prepare-database.js';
import { productVersion } from './core/version.js';
import { queueNames } from './jobs.js';
import { completeInstallation } from './modules/admin/installation.js';
import { startProcesses, type Processes } from './processes.js';
import { serve, type RunningServer } from './serve.js';

export interface RunningProduct {
  readonly port: number;
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Receives the lines for whoever started the product. */
  readonly print: (line: string) => void;
  /** Runs over the prepared database before the first page is served; the demo fills it here. */
  readonly fill?: (deps: OpenDependencies) => Promise<void>;
}

type Closing = () => Promise<void>;

/**
 * Starts everything: database (an embedded one unless DATABASE_URL names one), migrations, first administrator, job
 * worker, pages. What was started is stopped again when a later part fails.
 */
export async function startProduct(config: Config, options: StartOptions): Promise<RunningProduct> {
  const closings: Closing[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closings.splice(0).reverse()) await close();
  };
  try {
    const addresses = await findDatabase(config, closings, options.print);
    const prepared = await prepareDatabase(addresses.ownerUrl, addresses.runtimeUrl, queueNames);
    if (prepared.applied.length > 0)
      options.print(`Database prepared: ${prepared.applied.length} migrations applied.`);
    if (!prepared.hasOwnRuntimeRole) {
      options.print(
        'Warning: the product runs as the owner of its tables. Set DATABASE_OWNER_URL to protect the audit log.',
      );
    }
    const deps = openDependencies(config, addresses.runtimeUrl);
    closings.push(() => deps.close());
    const administrator = await completeInstallation(deps);
    await options.fill?.(deps);
    const processes = startProcesses(config, addresses.runtimeUrl, deps.logger);
    closings.push(() => processes.stop());
    const server = await servePages(config, deps, processes);
    closings.push(() => server.close());
    if (administrator && !options.fill) {
      options.print(
        `First administrator: user name ${administrator.username}, password ${administrator.password}`,
      );
      options.print('This password is shown only now; you choose your own when you sign in.');
    }
    const seconds = (performance.now() / 1_000).toFixed(1);
    options.print(`Service CRM ${productVersion} is ready after ${seconds} s:`);
    options.print(config.port === server.port ? config.baseUrl : `http://${config.host}:${server.port}`);
    return { port: server.port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function findDatabase(
  config: Config,
  closings: Closing[],
  print: (line: string) => void,
): Promise<{ ownerUrl: string; runtimeUrl: string }> {
  if (config.databaseUrl !== undefined) {
    return { runtimeUrl: config.databaseUrl, ownerUrl: config.databaseOwnerUrl ?? config.databaseUrl };
  }
  const embedded = await startEmbeddedPostgres({
    dataDirectory: config.dataDirectory,
    log: () => undefined,
    onUnexpectedExit: () =>
      print('The database stopped unexpectedly. Start the product again; no saved data is lost.'),
  });
  closings.push(() => embedded.stop());
  return embedded;
}

/** One process serves pages itself; with WEB_CONCURRENCY above one, children do and this one watches over them. */
async function servePages(
  config: Config,
  deps: OpenDependencies,
  processes: Processes,
): Promise<RunningServer> {
  if (config.webConcurrency === 1) return serve(deps);
  const port = await processes.startWeb(config.webConcurrency);
  return { port, close: () => Promise.resolve() };
}
