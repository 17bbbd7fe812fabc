import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPasswordHasher, generatePassword } from '../../src/core/password.js';

const pepper = Buffer.alloc(32, 7);
const passwords = createPasswordHasher(pepper, 4);

/** Letters, Han characters, emoji and signs, 1 to 128 of them. */
const typed = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', 'A', ' ', '0', '密', '码', 'é', '🔑'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  minLength: 1,
  maxLength: 128,
});

describe('R5.1 passwords', () => {
  test('a password is accepted, and no other one, however long or alike', async () => {
    await fc.assert(
      fc.asyncProperty(typed, typed, async (right, wrong) => {
        const hash = await passwords.hash(right);
        expect(await passwords.verify(right, hash)).toBe(true);
        expect(await passwords.verify(wrong, hash)).toBe(right === wrong);
      }),
      { numRuns: 300 },
    );
  });

  test('no end is cut off and no case folded (bcrypt alone reads 72 bytes)', async () => {
    for (const length of [1, 8, 24, 71, 72, 73, 100, 127]) {
      const right = '密'.repeat(length);
      const hash = await passwords.hash(right);
      for (const wrong of [`${right}密`, right.slice(0, -1), `${right.slice(0, -1)}码`, ` ${right}`]) {
        expect(await passwords.verify(wrong, hash), `${length}`).toBe(false);
      }
    }
    expect(await passwords.verify('SECRET', await passwords.hash('secret'))).toBe(false);
  });

  test('a hash is worthless without the pepper, and two hashes of one password differ', async () => {
    const hash = await passwords.hash('correct horse battery');
    const elsewhere = createPasswordHasher(Buffer.alloc(32, 8), 4);
    expect(await elsewhere.verify('correct horse battery', hash)).toBe(false);
    expect(await passwords.hash('correct horse battery')).not.toBe(hash);
  });

  test('for a user who does not exist nothing is right', async () => {
    expect(await passwords.verify('nobody', undefined)).toBe(false);
    expect(await passwords.verify('', undefined)).toBe(false);
  });

  test('generated passwords are long, readable and never the same', () => {
    const made = Array.from({ length: 1_000 }, generatePassword);
    expect(new Set(made).size).toBe(1_000);
    expect(made.every((password) => /^[a-hj-km-np-zA-HJ-NP-Z2-9]{16}$/.test(password))).toBe(true);
  });
});
