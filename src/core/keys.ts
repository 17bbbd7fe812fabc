import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const Key = z.base64().refine((text) => Buffer.from(text, 'base64').length === 32, '32 bytes in base64');

const KeyFile = z.strictObject({
  /** Id of the key that new values are encrypted with. */
  current: z.string(),
  /** All encryption keys by id; old ones stay until nothing is encrypted with them. */
  encryption: z.record(z.string().regex(/^[a-z0-9]{1,8}$/), Key),
  search: Key,
  pepper: Key,
  session: Key,
});

export interface Keys {
  readonly currentId: string;
  readonly encryption: ReadonlyMap<string, Buffer>;
  readonly search: Buffer;
  readonly pepper: Buffer;
  readonly session: Buffer;
  /** Recognises the keys without revealing them: kept in the database, so that wrong keys are noticed at the start. */
  readonly fingerprint: string;
}

/**
 * Reads the key file, or makes one (mode 0600) where there is none. Keep a copy of it apart from database and backups:
 * without it contact data cannot be read again.
 * @throws Error when the file is there but damaged.
 */
export function loadKeys(path: string): Keys {
  return parseKeys(readOrCreate(path));
}

/** Fresh random keys, for instance for a test. */
export function generateKeys(): Keys {
  return parseKeys(JSON.stringify(newKeyFile()));
}

function parseKeys(text: string): Keys {
  const file = KeyFile.parse(JSON.parse(text));
  const bytes = (value: string) => Buffer.from(value, 'base64');
  const encryption = new Map(Object.entries(file.encryption).map(([id, key]) => [id, bytes(key)]));
  if (!encryption.has(file.current))
    throw new Error(`the key file names ${file.current} as current, but holds no such key`);
  return {
    currentId: file.current,
    encryption,
    search: bytes(file.search),
    pepper: bytes(file.pepper),
    session: bytes(file.session),
    fingerprint: createHash('sha256').update(file.search).update(file.pepper).digest('hex').slice(0, 16),
  };
}

function readOrCreate(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const text = `${JSON.stringify(newKeyFile(), null, 2)}\n`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  return text;
}

function newKeyFile(): z.infer<typeof KeyFile> {
  const key = () => randomBytes(32).toString('base64');
  return { current: 'k1', encryption: { k1: key() }, search: key(), pepper: key(), session: key() };
}
