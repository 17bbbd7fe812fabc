import { z } from 'zod';
import { optionalText, rowVersion, uuid } from '../../core/fields.js';

/** The two customers of a comparison: the one of the address, and the one it is compared with. */
export const sides = ['first', 'second'] as const;
export type Side = (typeof sides)[number];

export const MergeQuery = z.strictObject({ with: uuid.optional(), q: optionalText(200) });

const side = z.enum(sides).optional();

/**
 * The choices of a comparison. Fields in which the two agree are not sent. `origin` says where to go on afterwards:
 * to the next pair, or to the record.
 */
export const MergeForm = z.strictObject({
  with: uuid,
  origin: z.enum(['queue', 'record']),
  survivor: z.enum(sides),
  firstVersion: rowVersion,
  secondVersion: rowVersion,
  name: side,
  phone: side,
  gender: side,
  birthDate: side,
  email: side,
  wechat: side,
  city: side,
  address: side,
  source: side,
  firstVisitOn: side,
  owner: side,
  branch: side,
  habits: side,
  preferences: side,
  needs: side,
  customValues: side,
  remark: z.enum([...sides, 'both']).optional(),
});
export type MergeForm = z.output<typeof MergeForm>;
