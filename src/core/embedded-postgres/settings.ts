import { lchown, rename, rm, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from './cluster.js';

const megabyte = 1024 * 1024;

/**
 * Writes postgresql.conf anew at each start, for a customer database beside the product on two processors. What an
 * administrator sets by ALTER SYSTEM goes before it.
 */
export async function writeSettings(
  cluster: Cluster,
  overrides: Readonly<Record<string, string>>,
): Promise<void> {
  const all = { ...settings(memoryMegabytes()), ...overrides };
  const lines = Object.entries(all).map(([name, value]) => `${name} = '${value}'`);
  const file = join(cluster.directory, 'postgresql.conf');
  const draft = `${file}.new`;
  // The folder belongs to the server's account: root must not follow a link that was laid there.
  await rm(draft, { force: true });
  await writeFile(draft, `# Written at each start. Use ALTER SYSTEM for changes.\n${lines.join('\n')}\n`, {
    mode: 0o600,
    flag: 'wx',
  });
  if (cluster.user) await lchown(draft, cluster.user.uid, cluster.user.gid);
  await rename(draft, file);
}

/** The container's limit where there is one. */
function memoryMegabytes(): number {
  const limit = process.constrainedMemory();
  return Math.floor((limit > 0 ? Math.min(limit, totalmem()) : totalmem()) / megabyte);
}

function settings(memory: number): Record<string, string> {
  const between = (share: number, lowest: number, highest: number) =>
    `${Math.round(Math.min(highest, Math.max(lowest, memory * share)))}MB`;
  return {
    listen_addresses: '127.0.0.1',
    // A socket's path must be shorter than 108 bytes, and the data folder's path is not ours to choose.
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    max_connections: '120',
    // A change of a customer reads a page of each of thirty indexes: outside of this, 0.2 ms each.
    shared_buffers: between(1 / 4, 128, 4096),
    effective_cache_size: between(1 / 2, 256, 8192),
    work_mem: between(1 / 256, 4, 16),
    maintenance_work_mem: between(1 / 32, 64, 256),
    // Parallel queries need shared memory, of which a container has only 64 MB outside of this.
    min_dynamic_shared_memory: between(1 / 64, 64, 256),
    max_parallel_workers: '2',
    max_parallel_workers_per_gather: '1',
    max_parallel_maintenance_workers: '1',
    jit: 'off',
    random_page_cost: '1.1',
    wal_level: 'replica',
    synchronous_commit: 'on',
    wal_compression: 'on',
    min_wal_size: '256MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    autovacuum_vacuum_scale_factor: '0.05',
    autovacuum_analyze_scale_factor: '0.02',
    // After an import lists count by the index alone again.
    autovacuum_vacuum_insert_scale_factor: '0.05',
    // After a start the pages of before are read back in the background: on a million customers lists are slow without.
    shared_preload_libraries: 'pg_stat_statements, pg_prewarm',
    'pg_stat_statements.track_utility': 'off',
    track_io_timing: 'on',
    TimeZone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // Statements and details would carry customers' data into the log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
}
