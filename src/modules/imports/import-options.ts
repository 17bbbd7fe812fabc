import { z } from 'zod';

/** What a file can be imported as. */
export const targetNames = ['customers', 'purchases', 'serviceRequests'] as const;
export type TargetName = (typeof targetNames)[number];

/** What becomes of a row whose record is there already. Contact data that is merely shared never makes two records one. */
export const policies = ['skip', 'update', 'create'] as const;

/** How far down the chain customer number, phone, e-mail a row without the former looks for its customer. */
export const identifiers = ['number', 'phone', 'email'] as const;

export const owners = ['nobody', 'importer'] as const;

const DateOrder = z.enum(['day-first', 'month-first']).nullable();

/** How an import is to be done, as chosen beside the mapping and kept with it. */
export const ImportOptions = z.strictObject({
  policy: z.enum(policies),
  identifyBy: z.enum(identifiers),
  dateOrder: DateOrder,
  owner: z.enum(owners),
  createCustomers: z.boolean(),
  /** Of service requests: the type of rows that name none that is known. */
  requestTypeId: z.uuid().nullable().default(null),
});

export type ImportOptions = z.infer<typeof ImportOptions>;

/** For each column of the file the field it goes into, or null. */
export const ColumnMapping = z.array(z.string().nullable()).max(200);
export type ColumnMapping = z.infer<typeof ColumnMapping>;

/** What is remembered for files with the same header: what the file is like, not what somebody wanted of it. */
export const RememberedMapping = z.strictObject({ columns: ColumnMapping, dateOrder: DateOrder });
export type RememberedMapping = z.infer<typeof RememberedMapping>;
