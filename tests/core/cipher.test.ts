import { randomBytes, randomInt, webcrypto } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCipher, type Place } from '../../src/core/cipher.js';
import { generateKeys, type Keys } from '../../src/core/keys.js';

const place: Place = {
  table: 'customers',
  column: 'phone_encrypted',
  recordId: '018f0000-0000-7000-8000-000000000001',
};
const keys = generateKeys();
const cipher = createCipher(keys);

const keysWith = (currentId: string, encryption: Record<string, Buffer>): Keys => ({
  ...keys,
  currentId,
  encryption: new Map(Object.entries(encryption)),
});

/** Opens a value with the other AES that Node has, following nothing but the written format. */
async function openElsewhere(sealed: string, key: Buffer, where: Place): Promise<string> {
  const payload = Buffer.from(sealed.split('.')[2] ?? '', 'base64url');
  const imported = await webcrypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  const additionalData = Buffer.from(`${where.table}.${where.column}.${where.recordId}`);
  const algorithm = { name: 'AES-GCM', iv: payload.subarray(0, 12), additionalData, tagLength: 128 };
  return Buffer.from(await webcrypto.subtle.decrypt(algorithm, imported, payload.subarray(12))).toString(
    'utf8',
  );
}

describe('R5.5 encryption at rest', () => {
  test('a value made by another program (Python’s cryptography 48) opens', () => {
    const key = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
    const sealed = 'v1.k1.AAECAwQFBgcICQoLbDrgKvbd8iu8cq-7gdlYiD92Y4x5wc2KqYP2YpEyvXEsNYVWnw';
    expect(() => createCipher(keysWith('k1', { k1: key })).decrypt(`${sealed}AA`, place)).toThrow();
    expect(createCipher(keysWith('k1', { k1: key })).decrypt(sealed, place)).toBe('+8613800138000 张三');
  });

  test('what the product seals, another implementation opens', async () => {
    const key = keys.encryption.get(keys.currentId) ?? Buffer.alloc(0);
    for (const plain of ['', '+8613800138000', '上海市南京路 1 号', 'x'.repeat(10_000)]) {
      expect(await openElsewhere(cipher.encrypt(plain, place), key, place)).toBe(plain);
    }
  });

  test('every text comes back as it was, and never twice as the same value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        const sealed = cipher.encrypt(plain, place);
        expect(cipher.decrypt(sealed, place)).toBe(plain);
        expect(cipher.encrypt(plain, place)).not.toBe(sealed);
        if (plain.length > 8) expect(sealed).not.toContain(plain);
      }),
    );
  });

  test('of 1,000 flipped bits, 1,000 are noticed', () => {
    let refused = 0;
    for (let round = 0; round < 1_000; round += 1) {
      const [version = '', keyId = '', payload = ''] = cipher.encrypt('+8613800138000', place).split('.');
      const bytes = Buffer.from(payload, 'base64url');
      const bit = randomInt(bytes.length * 8);
      bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      try {
        cipher.decrypt([version, keyId, bytes.toString('base64url')].join('.'), place);
      } catch {
        refused += 1;
      }
    }
    expect(refused).toBe(1_000);
  });

  test('a value that was moved to another row, column or table does not open', () => {
    const sealed = cipher.encrypt('+8613800138000', place);
    for (const elsewhere of [
      { recordId: '018f0000-0000-7000-8000-000000000002' },
      { column: 'email_encrypted' },
      { table: 'contacts' },
    ]) {
      expect(() => cipher.decrypt(sealed, { ...place, ...elsewhere })).toThrow();
    }
  });

  test.each(['', 'v1', 'v1.k1', 'v1.k1.', 'v1.k1.AAAA', 'v2.k1.AAAA', '+8613800138000'])(
    '%j is no sealed value',
    (text) => {
      expect(() => cipher.decrypt(text, place)).toThrow();
    },
  );

  test('values of an old key stay readable after a new one took over; without it they do not', () => {
    const [first, second] = [randomBytes(32), randomBytes(32)];
    const old = createCipher(keysWith('k1', { k1: first })).encrypt('secret', place);
    const rotated = createCipher(keysWith('k2', { k1: first, k2: second }));
    expect(rotated.decrypt(old, place)).toBe('secret');
    expect(rotated.encrypt('secret', place)).toMatch(/^v1\.k2\./);
    expect(() => createCipher(keysWith('k2', { k2: second })).decrypt(old, place)).toThrow('key k1');
    expect(() => createCipher(keysWith('k1', { k1: second })).decrypt(old, place)).toThrow();
  });

  test('bytes are sealed the same way', () => {
    const plain = randomBytes(5_000);
    const sealed = cipher.encryptBytes(plain, place);
    expect(cipher.decryptBytes(sealed, place).equals(plain)).toBe(true);
    for (const index of [0, 3, 7, 20, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(() => cipher.decryptBytes(changed, place), `byte ${index}`).toThrow();
    }
  });
});

describe('R1.5 search over what is encrypted', () => {
  test('the same value has the same hash, another value, kind or key has another', () => {
    const hash = cipher.searchHash('phone', '+8613800138000');
    expect(cipher.searchHash('phone', '+8613800138000')).toBe(hash);
    expect(cipher.searchHash('phone', '+8613800138001')).not.toBe(hash);
    expect(cipher.searchHash('wechat', '+8613800138000')).not.toBe(hash);
    expect(createCipher(generateKeys()).searchHash('phone', '+8613800138000')).not.toBe(hash);
  });
});
