import type { Dependencies, ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import type { FieldSpec } from '../../core/form.js';
import type { MessageKey } from '../../core/i18n.js';
import type { Permission } from '../../core/permissions.js';
import type { RowSource } from '../../core/read-rows.js';
import type { Sql } from '../../core/sql.js';
import type { Viewer } from '../../core/viewer.js';
import type { NotificationKind } from '../notifications/notification-kinds.js';
import type { ValueField } from './bulk-value.js';

/** Conditions on one record: whether an action changes it, and if not, why. */
export interface BulkRule {
  /** Within what the viewer may change. */
  readonly scope: Sql;
  /** It is like that already; such records are not handed to `change`. */
  readonly isSo?: Sql;
  /** The name of a refusal of the subject, NULL where the change can be made. */
  readonly refusal?: Sql;
}

/** Records to change, which nobody else changes until the end of the unit of work. */
export interface BulkBatch {
  readonly ids: readonly string[];
  /** '' for a change without a value, and for taking a value away. */
  readonly value: string;
  /** One for all of them; null where none was given. */
  readonly reason: string | null;
}

/** A sentence about a change that is to be confirmed. */
export interface BulkRemark {
  readonly text: string;
  readonly isWarning: boolean;
}

/** Something that can be done to many records at once. Its name, once used, lives for ever in stored tasks. */
export interface BulkAction {
  readonly name: string;
  readonly label: MessageKey;
  /** The button that confirms it, with `count` and `number`. */
  readonly confirm: MessageKey;
  /** What becomes of the records and how to take it back. */
  readonly hint: MessageKey;
  /** How the undo centre knows it; its sentence is `recentActions.<kind>`. */
  readonly undoKind: string;
  /** Any of them lets somebody begin; the rule says in which records. */
  readonly permissions: readonly [Permission, ...Permission[]];
  /** Records changed in one transaction, for which nobody else can change these. */
  readonly batchSize: number;
  readonly isDestructive: boolean;
  /** The value decides which records can be changed: it is asked for before they are counted. */
  readonly choosesFirst: boolean;
  /** Asks for the new value; absent for a change that needs none. */
  field?(context: ViewerContext): Promise<ValueField>;
  rule(
    source: RowSource,
    viewer: Viewer,
    value: string,
    isReasonGiven: boolean,
  ): BulkRule | Promise<BulkRule>;
  /** Asks for one reason for all, as `reason`. `changing` is true for the records that will be changed. */
  reasonField?(context: ViewerContext, value: string, changing: Sql): Promise<FieldSpec>;
  /** What to consider before it is confirmed. `changing` is true for the records that will be changed. */
  remark?(context: ViewerContext, value: string, changing: Sql): Promise<BulkRemark | undefined>;
  /** Takes what must be held before records are; called once in each unit of work. */
  prepare?(tx: Transaction): Promise<void>;
  /** Changes records with all that follows from it; returns how many were not like that before. */
  change(tx: Transaction, context: ViewerContext, batch: BulkBatch): Promise<number>;
  /** Wakes what goes on by itself; called after each commit. */
  committed?(deps: Dependencies): Promise<void>;
  /** Whoever got records by it is told of their number, once. */
  readonly received?: { readonly kind: NotificationKind; readonly href: string };
}

/** Why a change cannot be made in a record, by whomever. */
export interface BulkRefusal {
  readonly name: string;
  /** On the confirmation, with `count` and `number`. */
  readonly fact: MessageKey;
  /** Before the number on the page of the result. */
  readonly result: MessageKey;
}

/** Sentences that name the records. */
export interface BulkTexts {
  readonly names: MessageKey;
  readonly selected: MessageKey;
  readonly forbidden: MessageKey;
  readonly nothingSelected: MessageKey;
  readonly notAllowedAnyMore: MessageKey;
  readonly progress: MessageKey;
  readonly progressLabel: MessageKey;
  readonly toList: MessageKey;
  readonly undone: MessageKey;
}

/** Records of which many can be changed at once. A name, once used, lives for ever in stored tasks. */
export interface BulkSubject {
  readonly name: 'customers' | 'serviceRequests';
  /** Where its changes begin: the confirmation is `<path>/new`. */
  readonly path: string;
  /** Who may see the records at all. */
  readonly permission: Permission;
  readonly listPath: string;
  readonly listTitle: MessageKey;
  readonly exported: { readonly path: string; readonly permission: Permission };
  readonly table: 'customers' | 'service_requests';
  /** How a record is called on the confirmation, and in which order the first are. */
  readonly title: Sql;
  readonly titleOrder: Sql;
  readonly actions: readonly BulkAction[];
  readonly refusals: readonly BulkRefusal[];
  readonly texts: BulkTexts;
  readonly notifications: { readonly done: NotificationKind; readonly failed: NotificationKind };
  /** The records of a filter of the list. @throws InvalidInput when the list would refuse the filter. */
  conditions(context: ViewerContext, filter: string): Sql[];
}
