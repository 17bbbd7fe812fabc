import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Credentials = z.object({
  /** Passwords of the roles postgres, crm_owner and crm_app. */
  superuser: z.string(),
  owner: z.string(),
  application: z.string(),
  /** The port of the last start, taken again when it is free. */
  port: z.int().optional(),
  /** The number of the provisioning steps that the cluster has seen. */
  provisioned: z.int().default(0),
});

/** What this product alone knows about its cluster; kept beside the data, readable for its own account only. */
export type Credentials = z.infer<typeof Credentials>;

const fileIn = (dataDirectory: string) => join(dataDirectory, 'postgres-credentials.json');

/** @returns `undefined` when there are none (a new folder, or data that was moved here alone). */
export async function readCredentials(dataDirectory: string): Promise<Credentials | undefined> {
  try {
    return Credentials.parse(JSON.parse(await readFile(fileIn(dataDirectory), 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export function createCredentials(): Credentials {
  const password = () => randomBytes(24).toString('hex');
  return { superuser: password(), owner: password(), application: password(), provisioned: 0 };
}

export async function writeCredentials(dataDirectory: string, credentials: Credentials): Promise<void> {
  const draft = `${fileIn(dataDirectory)}.new`;
  await writeFile(draft, JSON.stringify(credentials, undefined, 2), { mode: 0o600, flush: true });
  await rename(draft, fileIn(dataDirectory));
}

/** The address of a database of the cluster for one role. */
export function databaseUrl(role: string, password: string, port: number, database: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
}
