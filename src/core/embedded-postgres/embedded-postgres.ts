import { existsSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isHeldHere, lockDataDirectory } from './data-directory-lock.js';
import { dataArgument, runProgram, type Cluster } from './cluster.js';
import { createCluster } from './creation.js';
import {
  createCredentials,
  databaseUrl,
  readCredentials,
  writeCredentials,
  type Credentials,
} from './credentials.js';
import { stopOrphanedServer } from './orphan.js';
import { findPrograms } from './programs.js';
import { provision, provisioning } from './provision.js';
import { ServerStartError, startServer, type Server } from './server.js';
import { writeSettings } from './settings.js';
import { findServerUser, giveToServerUser } from './user.js';
import { findFreePort } from './free-port.js';

export interface EmbeddedPostgresAddress {
  /** Connects as the role that owns the database: for migrations. */
  readonly ownerUrl: string;
  /** Connects as the role that owns nothing: for the product. */
  readonly runtimeUrl: string;
  readonly port: number;
}

export interface EmbeddedPostgres extends EmbeddedPostgresAddress {
  /** Shuts the server down in order and gives the folder free; resolves when the server is gone. May be called twice. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** DATA_DIR: holds `postgres` (the cluster), `postgres-credentials.json` and, while in use, `postgres-in-use.json`. */
  readonly dataDirectory: string;
  /** Receives the server's log lines and what is done about left-over servers. */
  readonly log: (line: string) => void;
  /** Settings that go before the product's own; tests give up what a crash would need. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Called once when the server ends although nobody called `stop`. */
  readonly onUnexpectedExit?: () => void;
}

const portAttempts = 5;
const lingeringPatienceMillis = 10_000;

/**
 * Starts the PostgreSQL that comes with the npm packages on 127.0.0.1, creating the cluster, its roles `crm_owner` and
 * `crm_app` and the database `crm` at the first start. The server ends soon after this process ends in whatever way.
 * @throws DataDirectoryInUseError when another live process runs the cluster of this folder.
 * @throws Error with PostgreSQL's own words when it cannot be created or started.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.dataDirectory, { recursive: true });
  const dataDirectory = await realpath(options.dataDirectory);
  const unlock = await lockDataDirectory(dataDirectory);
  let server: Server | undefined;
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= Promise.resolve(server?.stop()).then(unlock));
  try {
    const cluster = await findCluster(dataDirectory);
    const credentials = await prepareCluster(cluster, dataDirectory, options);
    const started = await startOnFreePort(cluster, credentials.port, options.log);
    server = started.server;
    await completeCluster(dataDirectory, credentials, started.port);
    void server.exited.then(() => (stopping ? undefined : options.onUnexpectedExit?.()));
    return { ...addressOf(credentials, started.port), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The address of the cluster that another process of this machine runs in the folder right now, for tools that work
 * beside the product; `undefined` when none does.
 */
export async function findRunningPostgres(
  dataDirectory: string,
): Promise<EmbeddedPostgresAddress | undefined> {
  if (!(await isHeldHere(dataDirectory))) return undefined;
  const credentials = await readCredentials(dataDirectory);
  return credentials?.port === undefined ? undefined : addressOf(credentials, credentials.port);
}

function addressOf(credentials: Credentials, port: number): EmbeddedPostgresAddress {
  return {
    ownerUrl: databaseUrl('crm_owner', credentials.owner, port, 'crm'),
    runtimeUrl: databaseUrl('crm_app', credentials.application, port, 'crm'),
    port,
  };
}

async function findCluster(dataDirectory: string): Promise<Cluster> {
  const directory = join(dataDirectory, 'postgres');
  const user = await findServerUser(directory);
  const places = [dataDirectory, '/var/lib/service-crm', join(tmpdir(), 'service-crm')];
  return { directory, user, programs: await findPrograms(user, places) };
}

/** Everything that has to be right on disk before the server starts. */
async function prepareCluster(
  cluster: Cluster,
  dataDirectory: string,
  { log, settings = {} }: EmbeddedPostgresOptions,
): Promise<Credentials> {
  if (existsSync(join(cluster.directory, 'PG_VERSION'))) await stopOrphanedServer(cluster, log);
  else await createCluster(cluster);
  await giveToServerUser(cluster.directory, cluster.user);
  await writeSettings(cluster, settings);
  const known = await readCredentials(dataDirectory);
  if (known) return known;
  const credentials = createCredentials();
  await setSuperuserPassword(cluster, credentials.superuser);
  await writeCredentials(dataDirectory, credentials);
  return credentials;
}

/** In single-user mode, which asks for no password: also the way back in when the credentials are lost. */
async function setSuperuserPassword(cluster: Cluster, password: string): Promise<void> {
  const parameters = ['--single', '-D', dataArgument(cluster), 'postgres'];
  await runProgram(cluster, 'postgres', parameters, `ALTER ROLE postgres PASSWORD '${password}'\n`);
}

async function completeCluster(dataDirectory: string, credentials: Credentials, port: number): Promise<void> {
  if (credentials.provisioned < provisioning) await provision(credentials, port);
  if (credentials.provisioned === provisioning && credentials.port === port) return;
  await writeCredentials(dataDirectory, { ...credentials, port, provisioned: provisioning });
}

/** Another process can take a port between the test and the start, and processes of a killed server end a little later. */
async function startOnFreePort(
  cluster: Cluster,
  preferred: number | undefined,
  log: (line: string) => void,
): Promise<{ server: Server; port: number }> {
  const deadline = Date.now() + lingeringPatienceMillis;
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort(attempt === 1 ? preferred : undefined);
    try {
      return { server: await startServer(cluster, port, log), port };
    } catch (error) {
      if (!(error instanceof ServerStartError)) throw error;
      const isWorthRetrying = error.isPortTaken
        ? attempt < portAttempts
        : error.isStillInUse && Date.now() < deadline;
      if (!isWorthRetrying) throw error;
      await pause(error.isPortTaken ? 0 : 200);
    }
  }
}
