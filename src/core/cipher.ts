import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Keys } from './keys.js';

/** Where an encrypted value lives. It is bound to that place: a value copied to another row or column does not open. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly recordId: string;
}

/** Encryption at rest and search over what is encrypted. */
export interface Cipher {
  /** AES-256-GCM; the result reads `v1.<keyId>.<payload>`. */
  encrypt(plain: string, place: Place): string;
  /** @throws Error when the value was changed, moved, or its key is not at hand. */
  decrypt(sealed: string, place: Place): string;
  encryptBytes(plain: Buffer, place: Place): Buffer;
  decryptBytes(sealed: Buffer, place: Place): Buffer;
  /** Keyed hash of a normalised value, to find it without storing it. `kind` keeps hashes of different fields apart. */
  searchHash(kind: SearchKind, normalised: string): string;
}

export type SearchKind = 'phone' | 'phoneLast4' | 'email' | 'wechat' | 'identity';

const nonceLength = 12;
const tagLength = 16;

/** The cipher over a set of keys. New values take the current key; values of older keys stay readable. */
export function createCipher(keys: Keys): Cipher {
  const keyOf = (id: string): Buffer => {
    const key = keys.encryption.get(id);
    if (!key) throw new Error(`the value was encrypted with key ${id}, which is not in the key file`);
    return key;
  };

  const seal = (plain: Buffer, place: Place): Buffer => {
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', keyOf(keys.currentId), nonce);
    cipher.setAAD(additionalData(place));
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  };

  /** GCM holds nothing back: what `update` gives is all, and `final` only throws where the value was changed. */
  const open = (payload: Buffer, keyId: string, place: Place): Buffer => {
    if (payload.length < nonceLength + tagLength) throw new Error('the encrypted value is too short');
    const decipher = createDecipheriv('aes-256-gcm', keyOf(keyId), payload.subarray(0, nonceLength), {
      authTagLength: tagLength,
    });
    decipher.setAAD(additionalData(place));
    decipher.setAuthTag(payload.subarray(-tagLength));
    const plain = decipher.update(payload.subarray(nonceLength, -tagLength));
    decipher.final();
    return plain;
  };

  return {
    encrypt: (plain, place) =>
      `v1.${keys.currentId}.${seal(Buffer.from(plain, 'utf8'), place).toString('base64url')}`,
    decrypt(sealed, place) {
      const [version, keyId, payload] = sealed.split('.');
      if (version !== 'v1' || !keyId || !payload)
        throw new Error('the value is not of the form v1.<keyId>.<payload>');
      return open(Buffer.from(payload, 'base64url'), keyId, place).toString('utf8');
    },
    encryptBytes: (plain, place) =>
      Buffer.concat([Buffer.from(`v1.${keys.currentId}.`, 'latin1'), seal(plain, place)]),
    decryptBytes(sealed, place) {
      const head = /^v1\.([a-z0-9]{1,8})\./.exec(sealed.subarray(0, 16).toString('latin1'));
      if (!head?.[1]) throw new Error('the value does not begin with v1.<keyId>.');
      return open(sealed.subarray(head[0].length), head[1], place);
    },
    searchHash: (kind, normalised) =>
      createHmac('sha256', keys.search).update(`${kind}:${normalised}`).digest('base64url'),
  };
}

function additionalData(place: Place): Buffer {
  return Buffer.from(`${place.table}.${place.column}.${place.recordId}`, 'utf8');
}
