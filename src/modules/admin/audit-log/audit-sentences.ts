import type { ViewerContext } from '../../../core/context.js';
import { isMessageKey, type MessageKey, type MessageParams, type Translate } from '../../../core/i18n.js';
import { isPermission } from '../../../core/permissions.js';
import { reasonText } from '../login-log/sign-in-cells.js';
import { actionLabel } from './audit-actions.js';
import { columnChanges, type ColumnChange, type Image } from './audit-difference.js';
import { columnLabel, tableLabel } from './audit-labels.js';
import type { AuditRow } from './audit-log.queries.js';
import { shorten, valueText, type Names } from './audit-values.js';

const changesShown = 3;
const longestValue = 40;

/** One row of the log as a sentence: "Li Wei changed customer C000123 张三: city 长沙 → 北京". */
export function auditSentence(context: ViewerContext, row: AuditRow, names: Names): string {
  const { t } = context;
  const actor = actorName(t, row);
  if (isErased(row)) {
    const about = { actor, record: recordName(t, row, names), action: actionLabel(t, row.action) };
    return t('auditLog.sentence.erased', about);
  }
  if (row.operation === 'event') return eventSentence(t, row, actor, names);
  const relation = relationSentence(context, row, actor, names);
  if (relation !== undefined) return relation;
  const record = recordName(t, row, names);
  if (row.operation !== 'update') return t(`auditLog.sentence.${row.operation}`, { actor, record });
  const deletion = deletionKey(row);
  if (deletion !== undefined) return t(deletion, { actor, record });
  const changes = columnChanges(row.before, row.after);
  if (changes.length === 0) {
    return t('auditLog.sentence.untold', { actor, record, action: actionLabel(t, row.action) });
  }
  return t('auditLog.sentence.update', { actor, record, changes: changesText(context, changes, names) });
}

/** Only customers have a recycle bin; what else is kept for undo is deleted to the reader. */
function deletionKey({ table_name: table, before, after }: AuditRow): MessageKey | undefined {
  const isDeleted = isSet(after, 'deleted_at');
  if (isDeleted === isSet(before, 'deleted_at')) return undefined;
  if (table === 'customers') return isDeleted ? 'auditLog.sentence.binned' : 'auditLog.sentence.restored';
  return isDeleted ? 'auditLog.sentence.delete' : 'auditLog.sentence.broughtBack';
}

/** A record with the word for its table: "customer C000123 张三". The last image names it, also after it is gone. */
export function recordName(t: Translate, row: AuditRow, names: Names): string {
  const table = row.table_name === null ? '' : tableLabel(t, row.table_name);
  const image = row.operation === 'event' ? null : (row.after ?? row.before);
  const title =
    ownTitle(image) ?? names.get(row.record_id ?? '') ?? relatedTitle(image, names) ?? row.record_id ?? '';
  return `${table} ${title}`.trim();
}

function ownTitle(image: Image | null): string | undefined {
  const parts = ['customer_no', 'purchase_no', 'name', 'file_name', 'key'].flatMap((column) =>
    textsOf(image, column),
  );
  parts.push(...textsOf(image, 'username').map((username) => `(${username})`));
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** A record without a name of its own goes by those it belongs to. */
function relatedTitle(image: Image | null, names: Names): string | undefined {
  const parts = ['user_id', 'role_id', 'team_id', 'customer_id'].flatMap((column) =>
    textsOf(image, column).flatMap((id) => names.get(id) ?? []),
  );
  return parts.length === 0 ? undefined : parts.join(' – ');
}

const textsOf = (image: Image | null, column: string): string[] => {
  const value = image?.[column];
  return typeof value === 'string' ? [value] : [];
};

function changesText(context: ViewerContext, changes: readonly ColumnChange[], names: Names): string {
  const { t } = context;
  const said = changes.slice(0, changesShown).map((change) => {
    const label = columnLabel(t, change.column, names);
    if (change.isSecret) return t('auditLog.secretColumn', { label });
    const text = (value: unknown) =>
      shorten(valueText(context, change.column, value, names), longestValue) || '–';
    return `${label} ${text(change.before)} → ${text(change.after)}`;
  });
  const rest = changes.length - said.length;
  return [...said, ...(rest > 0 ? [t('auditLog.moreColumns', { count: rest })] : [])].join(
    t('auditLog.columnSeparator'),
  );
}

/** Rows that join two records read as what they mean: who got which role, who came to which team. */
function relationSentence(
  context: ViewerContext,
  row: AuditRow,
  actor: string,
  names: Names,
): string | undefined {
  const { t } = context;
  const table = row.table_name ?? '';
  const key = `auditLog.sentence.${table}.${row.operation}`;
  if (!isMessageKey(key)) return undefined;
  const image = row.after ?? row.before;
  const text = (column: string, of: Image | null = image): string =>
    valueText(context, column, of?.[column], names);
  return t(key, {
    actor,
    user: text('user_id'),
    team: text('team_id'),
    role: text('role_id'),
    customer: text('customer_id'),
    tag: text('tag_id'),
    skill: text('skill_id'),
    permission: text('permission'),
    scope: text('scope'),
    previousScope: text('scope', row.before),
  });
}

function eventSentence(t: Translate, row: AuditRow, actor: string, names: Names): string {
  const record = recordName(t, row, names);
  const params = { ...detailParams(t, row.after), actor, record, action: actionLabel(t, row.action) };
  return t(eventKey(row), params).trim();
}

function eventKey(row: AuditRow): MessageKey {
  if (row.action === 'sign-in.ended' && row.actor_id === row.record_id)
    return 'auditLog.event.ownSignInEnded';
  const key: string = `auditLog.event.${row.action}`;
  return isMessageKey(key) ? key : 'auditLog.event.other';
}

/** Details by the names that sentences may use; others could be options of the translator. */
const detailNames = ['method', 'path', 'customerNo', 'name', 'rows', 'format', 'count'] as const;

function detailParams(t: Translate, details: Image | null): MessageParams {
  const params: Record<string, string | number> = {};
  for (const name of detailNames) {
    const value = details?.[name];
    if (typeof value === 'string') params[name] = shorten(value, longestValue);
    if (typeof value === 'number') params[name] = value;
  }
  const { permission, reason } = details ?? {};
  if (typeof permission === 'string')
    params['permission'] = isPermission(permission) ? t(`permissions.${permission}`) : permission;
  if (typeof reason === 'string') params['reason'] = reasonText(t, reason);
  return params;
}

/** Whoever acted, by the name of that time. Actors that are no users have a word; a name that somebody typed stays as it is. */
export function actorName(t: Translate, row: AuditRow): string {
  const key = `auditLog.actor.${row.actor_name}`;
  return row.actor_id === null && row.action !== 'sign-in.refused' && isMessageKey(key)
    ? t(key)
    : row.actor_name;
}

/** True for entries about somebody who was erased: who did what and when is all that is left of them. */
export const isErased = ({ before, after }: Pick<AuditRow, 'before' | 'after'>): boolean =>
  before?.['erased'] === true || after?.['erased'] === true;

const isSet = (image: Image | null, column: string): boolean => typeof image?.[column] === 'string';
