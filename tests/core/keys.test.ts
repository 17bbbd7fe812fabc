import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateKeys, loadKeys } from '../../src/core/keys.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'service-crm-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('R5.5 the key file', () => {
  test('is made once, readable by its owner alone, and read again from then on', async () => {
    const file = join(folder, 'deeper/keys.json');
    const made = loadKeys(file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(loadKeys(file)).toEqual(made);
  });

  test('holds four kinds of keys of 32 bytes, all different', () => {
    const { encryption, search, pepper, session } = generateKeys();
    const all = [...encryption.values(), search, pepper, session];
    expect(all.every((key) => key.length === 32)).toBe(true);
    expect(new Set(all.map((key) => key.toString('hex'))).size).toBe(all.length);
  });

  test('is recognised by a fingerprint that holds none of it', async () => {
    const file = join(folder, 'keys.json');
    const { fingerprint } = loadKeys(file);
    expect(loadKeys(file).fingerprint).toBe(fingerprint);
    expect(loadKeys(join(folder, 'others.json')).fingerprint).not.toBe(fingerprint);
    expect(await readFile(file, 'utf8')).not.toContain(fingerprint);
  });

  test.each([
    ['no JSON', 'keys'],
    ['an empty file', ''],
    ['a missing key', '{"current":"k1","encryption":{}}'],
  ])('is refused when damaged: %s', async (_what, text) => {
    const file = join(folder, 'keys.json');
    await writeFile(file, text);
    expect(() => loadKeys(file)).toThrow();
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test('is refused when the current key is not in it, or one is too short', async () => {
    const file = join(folder, 'keys.json');
    loadKeys(file);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"current": "k1"', '"current": "k2"'));
    expect(() => loadKeys(file)).toThrow('k2');
    await writeFile(file, text.replace(/"search": "[^"]*"/, '"search": "AAAA"'));
    expect(() => loadKeys(file)).toThrow('32 bytes');
  });
});
