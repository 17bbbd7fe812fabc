import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, cp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findRunningPostgres } from '../../src/core/embedded-postgres/embedded-postgres.js';
import { processIdentity } from '../../src/core/embedded-postgres/process-identity.js';
import {
  cleanUp,
  isRoot,
  kill,
  killWatcherOf,
  privateFolder,
  query,
  serverPid,
  start,
  startInProcess,
} from './embedded-postgres-support.js';

const ordinaryUser = 65_534;

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
afterEach(cleanUp);

describe('R6.1 the first start of the embedded PostgreSQL', () => {
  it('makes a database that one role owns and another only uses', async () => {
    const { ownerUrl, runtimeUrl } = await start(await privateFolder());
    await query(ownerUrl, 'CREATE TABLE notes (id int)', 'INSERT INTO notes VALUES (1)');
    const attempts = ['SELECT * FROM notes', 'CREATE TABLE mine (id int)', 'CREATE TEMP TABLE mine (id int)'];
    for (const attempt of attempts)
      await expect(query(runtimeUrl, attempt)).rejects.toThrow('permission denied');
    const owned = "SELECT FROM pg_shdepend WHERE refobjid = 'crm_app'::regrole AND deptype = 'o'";
    expect(await query(ownerUrl, owned)).toEqual([]);
  });

  it('brings the extensions, also to databases made later', async () => {
    const { ownerUrl } = await start(await privateFolder());
    const names = "SELECT string_agg(extname, ' ' ORDER BY extname) AS names FROM pg_extension";
    const everywhere = 'btree_gin citext pg_trgm pgcrypto plpgsql unaccent';
    await query(ownerUrl, 'CREATE DATABASE other');
    expect(await query(ownerUrl.replace(/crm$/, 'other'), names)).toEqual([{ names: everywhere }]);
    const inProduct = everywhere.replace('pg_trgm', 'pg_stat_statements pg_trgm');
    expect(await query(ownerUrl, names)).toEqual([{ names: inProduct }]);
  });

  it('R1.5 sorts by code point and takes Chinese names apart for searching', async () => {
    const { ownerUrl } = await start(await privateFolder());
    const sorted =
      "SELECT string_agg(name, '' ORDER BY name) AS names FROM unnest('{b,张,A,a,B,é}'::text[]) AS name";
    expect(await query(ownerUrl, sorted)).toEqual([{ names: 'ABabé张' }]);
    expect(await query(ownerUrl, "SELECT cardinality(show_trgm('张伟明')) AS count")).toEqual([{ count: 4 }]);
    expect(await query(ownerUrl, "SELECT lower('ÉÜ') AS lowered")).toEqual([{ lowered: 'éü' }]);
  });

  it('R5.6 listens on loopback only, asks for a password and keeps the passwords to its account', async () => {
    const folder = await privateFolder();
    const { ownerUrl } = await start(folder);
    const places =
      "SELECT current_setting('listen_addresses') AS tcp, current_setting('unix_socket_directories') AS unix";
    expect(await query(ownerUrl, places)).toEqual([{ tcp: '127.0.0.1', unix: '' }]);
    const guessed = ownerUrl.replace(/:[0-9a-f]+@/, ':guess@');
    await expect(query(guessed, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect((await stat(join(folder, 'postgres-credentials.json'))).mode & 0o777).toBe(0o600);
  });
});

describe('R6.1 a later start', () => {
  it('finds the data and the port again', async () => {
    const folder = await privateFolder();
    const first = await start(folder);
    await query(first.ownerUrl, 'CREATE TABLE notes AS SELECT 7 AS id');
    await first.stop();
    const second = await start(folder);
    expect(second.ownerUrl).toBe(first.ownerUrl);
    expect(await query(second.ownerUrl, 'SELECT id FROM notes')).toEqual([{ id: 7 }]);
  });

  it('reads back the pages that were in memory before', async () => {
    const folder = await privateFolder();
    const first = await start(folder);
    await first.stop();
    await expect(stat(join(folder, 'postgres', 'autoprewarm.blocks'))).resolves.toMatchObject({});
    const second = await start(folder);
    expect(
      await query(
        second.ownerUrl,
        "SELECT setting FROM pg_settings WHERE name = 'pg_prewarm.autoprewarm' AND setting = 'on'",
      ),
    ).toHaveLength(1);
  });

  it('takes another port when its own is taken', async () => {
    const folder = await privateFolder();
    const first = await start(folder);
    await first.stop();
    const stranger = createServer().listen(first.port, '127.0.0.1');
    await once(stranger, 'listening');
    const second = await start(folder);
    stranger.close();
    expect(second.port).not.toBe(first.port);
    expect(await query(second.runtimeUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('makes new passwords when the old ones are lost', async () => {
    const folder = await privateFolder();
    const first = await start(folder);
    await query(first.ownerUrl, 'CREATE TABLE notes AS SELECT 7 AS id');
    await first.stop();
    await rm(join(folder, 'postgres-credentials.json'));
    const second = await start(folder);
    expect(second.ownerUrl).not.toBe(first.ownerUrl);
    expect(await query(second.ownerUrl, 'SELECT id FROM notes')).toEqual([{ id: 7 }]);
  });

  it('is refused while another process of the product uses the folder, which goes on undisturbed', async () => {
    const folder = await privateFolder();
    const { ownerUrl } = await start(folder);
    const other = await startInProcess(folder);
    expect(other.answer.failure).toMatch(
      /^The data folder .* is in use by process \d+ on .*\. Stop it first\.$/,
    );
    expect(await query(ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect((await findRunningPostgres(folder))?.ownerUrl).toBe(ownerUrl);
  });

  it('lets one of two starts at the same moment win', async () => {
    const folder = await privateFolder();
    const both = await Promise.all([startInProcess(folder), startInProcess(folder)]);
    const failures = both.map(({ answer }) => answer.failure).filter((failure) => failure !== undefined);
    expect(failures).toEqual([expect.stringContaining('is in use by process')]);
  });
});

describe('R6.1 after the product was killed', () => {
  it('the server ends by itself, and what was committed is there at the next start', async () => {
    const folder = await privateFolder();
    const { process: product, answer } = await startInProcess(folder);
    await query(answer.ownerUrl ?? '', 'CREATE TABLE notes AS SELECT 7 AS id');
    const pid = await serverPid(folder);
    await kill(product);
    await vi.waitFor(async () => expect(await processIdentity(pid)).toBeUndefined(), {
      timeout: 10_000,
      interval: 50,
    });
    expect(await findRunningPostgres(folder)).toBeUndefined();
    const { ownerUrl } = await start(folder);
    expect(await query(ownerUrl, 'SELECT id FROM notes')).toEqual([{ id: 7 }]);
  });

  it.runIf(process.platform === 'linux')('a server left behind is stopped by the next start', async () => {
    const folder = await privateFolder();
    const { process: product, answer } = await startInProcess(folder);
    await query(answer.ownerUrl ?? '', 'CREATE TABLE notes AS SELECT 7 AS id');
    const pid = await serverPid(folder);
    await killWatcherOf(pid);
    await kill(product);
    await pause(500);
    expect(await processIdentity(pid)).toBeDefined();
    const { ownerUrl } = await start(folder);
    expect(await processIdentity(pid)).toBeUndefined();
    expect(await query(ownerUrl, 'SELECT id FROM notes')).toEqual([{ id: 7 }]);
  });

  it('a mark with the id of a process that is no server does not block, and that process lives on', async () => {
    const folder = await privateFolder();
    const first = await start(folder);
    const mark = await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8');
    const lock = await readFile(join(folder, 'postgres-in-use.json'), 'utf8');
    await first.stop();
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await writeFile(join(folder, 'postgres/postmaster.pid'), mark.replace(/^\d+/, String(bystander.pid)));
    await writeFile(
      join(folder, 'postgres-in-use.json'),
      lock.replace(/"pid":\d+/, `"pid":${bystander.pid}`),
    );
    const second = await start(folder);
    expect(await query(second.ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
    await kill(bystander);
  });

  it('a server that was killed is reported, and recovers at the next start', async () => {
    const folder = await privateFolder();
    const onUnexpectedExit = vi.fn();
    const first = await start(folder, onUnexpectedExit);
    await query(first.ownerUrl, 'CREATE TABLE notes AS SELECT 7 AS id');
    process.kill(await serverPid(folder), 'SIGKILL');
    await vi.waitFor(() => expect(onUnexpectedExit).toHaveBeenCalledOnce(), { timeout: 5_000 });
    await first.stop();
    const second = await start(folder);
    expect(await query(second.ownerUrl, 'SELECT id FROM notes')).toEqual([{ id: 7 }]);
  });
});

describe('R6.1 accounts and folders', () => {
  it('leaves the rights of the folders above the data as they are', async () => {
    const folder = await privateFolder();
    await start(folder);
    expect((await stat(dirname(folder))).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'postgres'))).mode & 0o777).toBe(0o700);
  });

  it.runIf(isRoot)('never runs the server as root, and takes a copy that root made', async () => {
    const folder = await privateFolder();
    const first = await start(folder);
    expect((await stat(join(folder, 'postgres'))).uid).not.toBe(0);
    await query(first.ownerUrl, 'CREATE TABLE notes AS SELECT 7 AS id');
    await first.stop();
    const copy = `${folder}-copy`;
    await cp(folder, copy, { recursive: true });
    expect((await stat(join(copy, 'postgres'))).uid).toBe(0);
    const second = await start(copy);
    expect(await query(second.ownerUrl, 'SELECT id FROM notes')).toEqual([{ id: 7 }]);
  });

  it.runIf(isRoot)('runs for an ordinary user, and later for root with the same data', async () => {
    const folder = await privateFolder();
    await chown(dirname(folder), ordinaryUser, ordinaryUser);
    const { process: product, answer } = await startInProcess(folder, ordinaryUser);
    await query(answer.ownerUrl ?? '', 'CREATE TABLE notes AS SELECT 7 AS id');
    expect((await stat(join(folder, 'postgres'))).uid).toBe(ordinaryUser);
    await kill(product);
    const { ownerUrl } = await start(folder);
    expect(await query(ownerUrl, 'SELECT id FROM notes')).toEqual([{ id: 7 }]);
  });
});
