import { z } from 'zod';
import { checkbox, uuid } from '../../core/fields.js';

export const DigestForm = z.strictObject({ wantsDigest: checkbox });

/** `id` is made with the form: sent twice, it opens one feed. */
export const NewFeedForm = z.strictObject({ id: uuid });

export const RevocationForm = z.strictObject({});
