import type { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import type { FieldSpec, FormValues } from '../../core/form.js';
import type { MessageKey } from '../../core/i18n.js';
import type { Sql } from '../../core/sql.js';
import type { AuditAction } from '../../core/unit-of-work.js';

/** A setting of service as its pages need it. */
export interface SettingRecord {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly isArchived: boolean;
}

/** What can stand in the way of a deletion. */
export const settingUsers = [
  'requests',
  'recurring',
  'categories',
  'policies',
  'plans',
  'rules',
  'children',
  'complaints',
  'history',
] as const;
export type SettingUser = (typeof settingUsers)[number];

export type UpkeepChange = 'archived' | 'unarchived' | 'deleted';

export interface GuardedChange {
  readonly id: string;
  readonly change: UpkeepChange;
  readonly apply: () => Promise<void>;
}

/** How records of one table are kept in order, taken out of use and deleted. */
export interface Upkeep {
  /** A table with the columns `position` and `archived_at`. */
  readonly table:
    'request_types' | 'request_categories' | 'request_states' | 'classification_rules' | 'complaint_causes';
  /** True where records are in order only among those of one parent. */
  readonly isTree: boolean;
  readonly actions: Readonly<Record<UpkeepChange | 'moved', AuditAction>>;
  /** Rows that use a record, by who they are: what stands after the FROM of a statement, its WHERE included. */
  readonly usedBy: Partial<Readonly<Record<SettingUser, (id: string) => Sql>>>;
  /** Runs around a change, in its unit of work, and refuses it by throwing. */
  readonly guard?: (tx: Transaction, context: ViewerContext, guarded: GuardedChange) => Promise<void>;
}

/** One kind of settings, from which `settingRoutes` makes its pages. */
export interface SettingKind<
  Stored extends SettingRecord,
  New extends { readonly name: string },
  Change extends { readonly name: string },
> {
  readonly path: `/admin/${string}`;
  readonly title: MessageKey;
  readonly newTitle: MessageKey;
  readonly upkeep: Upkeep;
  readonly newForm: z.ZodType<New>;
  readonly changeForm: z.ZodType<Change>;
  find(context: ViewerContext, id: string): Promise<Stored>;
  /** The name as the viewer reads it. */
  nameOf(context: ViewerContext, stored: Stored): string;
  /** The fields of the form; `stored` is undefined for a new one. */
  specs(context: ViewerContext, stored: Stored | undefined): Promise<readonly FieldSpec[]>;
  /** What the form shows at first, but for the name of a stored one: that is `nameOf`. */
  values(stored: Stored | undefined): FormValues;
  create(context: ViewerContext, form: New): Promise<void>;
  change(context: ViewerContext, id: string, form: Change): Promise<void>;
}
