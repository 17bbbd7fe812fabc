import { isMessageKey, type MessageKey, type Translate } from '../../../core/i18n.js';
import { settingLabel, settingPrefix } from './audit-settings.js';

/** What the tables of the audit log are called. A test compares the list with the tables under audit. */
export const auditTables = {
  attachments: 'auditLog.table.attachments',
  branches: 'auditLog.table.branches',
  calendar_feeds: 'auditLog.table.calendarFeeds',
  contact_records: 'auditLog.table.contactRecords',
  customers: 'auditLog.table.customers',
  follow_ups: 'auditLog.table.followUps',
  import_mappings: 'auditLog.table.importMappings',
  imports: 'auditLog.table.imports',
  purchases: 'auditLog.table.purchases',
  role_grants: 'auditLog.table.roleGrants',
  roles: 'auditLog.table.roles',
  saved_views: 'auditLog.table.savedViews',
  settings: 'auditLog.table.settings',
  customer_contacts: 'auditLog.table.customerContacts',
  served_thing_kinds: 'auditLog.table.servedThingKinds',
  served_things: 'auditLog.table.servedThings',
  served_thing_services: 'auditLog.table.servedThingServices',
  customer_tags: 'auditLog.table.customerTags',
  customer_contact_points: 'auditLog.table.customerContactPoints',
  custom_fields: 'auditLog.table.customFields',
  tags: 'auditLog.table.tags',
  customer_tiers: 'auditLog.table.customerTiers',
  tiers: 'auditLog.table.tiers',
  segments: 'auditLog.table.segments',
  team_members: 'auditLog.table.teamMembers',
  teams: 'auditLog.table.teams',
  user_roles: 'auditLog.table.userRoles',
  users: 'auditLog.table.users',
} as const satisfies Readonly<Record<string, MessageKey>>;

/** The tables that rows of the log can name: those under audit, and those whose records only events name. */
export const namedTables: Readonly<Record<string, MessageKey>> = {
  ...auditTables,
  exports: 'auditLog.table.exports',
  outbox_messages: 'auditLog.table.outboxMessages',
};

/** What columns are called, whatever their table, in the order in which a change lists them. */
const columnLabels: Readonly<Record<string, MessageKey>> = {
  customer_no: 'auditLog.column.customerNo',
  purchase_no: 'auditLog.column.purchaseNo',
  file_name: 'auditLog.column.fileName',
  key: 'auditLog.column.key',
  name: 'auditLog.column.name',
  username: 'auth.username',
  description: 'auditLog.column.description',
  email: 'auditLog.column.email',
  phone_encrypted: 'auditLog.column.phone',
  email_encrypted: 'auditLog.column.email',
  wechat_encrypted: 'auditLog.column.wechat',
  address_encrypted: 'auditLog.column.address',
  gender: 'auditLog.column.gender',
  birth_date: 'auditLog.column.birthDate',
  birth_calendar: 'auditLog.column.birthCalendar',
  city: 'auditLog.column.city',
  source: 'auditLog.column.source',
  first_visit_on: 'auditLog.column.firstVisitOn',
  customer_id: 'auditLog.column.customer',
  happened_at: 'auditLog.column.happenedAt',
  channel: 'auditLog.column.channel',
  direction: 'auditLog.column.direction',
  outcome: 'auditLog.column.outcome',
  summary: 'auditLog.column.summary',
  due_on: 'auditLog.column.dueOn',
  due_minute: 'auditLog.column.dueMinute',
  action: 'auditLog.column.whatToDo',
  reason: 'auditLog.column.reason',
  snooze_count: 'auditLog.column.snoozeCount',
  started_at: 'auditLog.column.startedAt',
  finished_at: 'auditLog.column.finishedAt',
  finished_by_id: 'auditLog.column.finishedBy',
  revoked_at: 'auditLog.column.revokedAt',
  merged_into_id: 'auditLog.column.mergedInto',
  purchased_on: 'auditLog.column.purchasedOn',
  item: 'auditLog.column.item',
  quantity: 'auditLog.column.quantity',
  amount: 'auditLog.column.amount',
  staff_id: 'auditLog.column.staff',
  owner_id: 'auditLog.column.owner',
  collaborator_ids: 'collaborators.title',
  pooled_at: 'publicPool.inPoolSince',
  pool_reason: 'publicPool.why',
  user_id: 'auditLog.column.user',
  team_id: 'auditLog.column.team',
  branch_id: 'auditLog.column.branch',
  role_id: 'auditLog.column.role',
  list: 'auditLog.column.list',
  query: 'auditLog.column.query',
  columns: 'auditLog.column.columns',
  shared_role_id: 'auditLog.column.sharedRole',
  permission: 'auditLog.column.permission',
  scope: 'auditLog.column.scope',
  is_primary: 'customerContacts.isPrimary',
  identifier: 'servedThings.identifier',
  identifier_label: 'servedThingKinds.identifierLabel',
  service_interval_days: 'servedThingKinds.serviceIntervalDays',
  lead_days: 'servedThingKinds.leadDays',
  kind_id: 'customFields.kind',
  next_due_on: 'servedThings.nextDueOn',
  thing_id: 'servedThings.thing',
  served_on: 'servedThings.servedOn',
  work: 'servedThings.work',
  remark: 'auditLog.column.remark',
  habits: 'customers.habits',
  preferences: 'customers.preferences',
  needs: 'customers.needs',
  custom_values: 'customFields.title',
  tag_id: 'tags.tag',
  calculated_id: 'auditLog.column.calculatedTier',
  grace_until: 'auditLog.column.graceUntil',
  override_id: 'auditLog.column.overrideTier',
  override_until: 'tiers.overrideUntil',
  override_reason: 'tiers.overrideReason',
  overridden_by_id: 'auditLog.column.overriddenBy',
  rank: 'tiers.rank',
  minimum_amount: 'tiers.minimumAmount',
  minimum_purchases: 'tiers.minimumPurchases',
  maximum_recency: 'tiers.maximumRecency',
  match: 'tiers.match',
  color: 'tags.color',
  rules: 'auditLog.column.rules',
  label: 'customFields.label',
  kind: 'customFields.kind',
  choices: 'customFields.choices',
  is_required: 'customFields.isRequired',
  position: 'customFields.position',
  archived_at: 'customFields.archivedAt',
  locale: 'auditLog.column.locale',
  theme: 'auditLog.column.theme',
  wants_digest: 'auditLog.column.wantsDigest',
  must_change_password: 'auditLog.column.mustChangePassword',
  disabled_at: 'auditLog.column.disabledAt',
  deleted_at: 'auditLog.column.deletedAt',
  deleted_by_id: 'auditLog.column.deletedBy',
  value: 'auditLog.column.value',
  value_encrypted: 'contactPoints.value',
  file_name_encrypted: 'auditLog.column.fileName',
  media_type: 'attachments.mediaType',
  size: 'auditLog.column.fileSize',
  uploaded_by_id: 'attachments.uploadedBy',
  target: 'auditLog.column.target',
  state: 'auditLog.column.state',
  row_count: 'auditLog.column.rowCount',
  created_count: 'auditLog.column.createdCount',
  updated_count: 'auditLog.column.updatedCount',
  unchanged_count: 'auditLog.column.unchangedCount',
  skipped_count: 'auditLog.column.skippedCount',
  rejected_count: 'auditLog.column.rejectedCount',
  duplicate_count: 'auditLog.column.duplicateCount',
  new_customer_count: 'auditLog.column.newCustomerCount',
  file_size: 'auditLog.column.fileSize',
  file_format: 'auditLog.column.fileFormat',
  header: 'auditLog.column.header',
  mapping: 'auditLog.column.mapping',
  options: 'auditLog.column.options',
  created_by_id: 'auditLog.column.createdBy',
};

/** Columns that say nothing to a reader: derived, technical, or told elsewhere on the page. */
const hiddenColumns: ReadonlySet<string> = new Set([
  'id',
  'version',
  'created_at',
  'updated_at',
  'name_pinyin',
  'name_initials',
  'owned_since',
  'previous_owner_id',
  'shipped_key',
  'file_sha256',
  'sha256',
  'chunk_count',
  'task_id',
  'undoable_action_id',
  'contact_record_id',
  'previous_id',
  'loginSessionId',
  'origin',
  'erased',
]);

/** How a column may be shown: with its values, only as having changed, or not at all. Hashes are never shown. */
export function columnTreatment(column: string): 'shown' | 'secret' | 'hidden' {
  if (/(hash|password|secret|token)$/i.test(column) && column !== 'must_change_password') return 'hidden';
  if (column.endsWith('_encrypted')) return 'secret';
  return hiddenColumns.has(column) ? 'hidden' : 'shown';
}

/** True when the column has a label of its own or is never shown. */
export const isDescribed = (column: string): boolean =>
  columnTreatment(column) === 'hidden' || labelKey(column) !== undefined;

/** A column that is not named above is called what customers' forms call it, so that a new field needs no second name. */
function labelKey(column: string): MessageKey | undefined {
  const known = columnLabels[column] ?? settingLabel(column);
  if (known !== undefined) return known;
  const onForm = `customers.${column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())}`;
  return isMessageKey(onForm) ? onForm : undefined;
}

/** A table in the viewer's words; the name of the table where it has none. */
export function tableLabel(t: Translate, table: string): string {
  const key = namedTables[table];
  return key === undefined ? table : t(key);
}

/** Before the key of a custom field that is shown as a column of its own. */
export const customColumnPrefix = 'custom_values.';

/** A column in the viewer's words, a custom field by its own label; the name of the column where it has none. */
export function columnLabel(t: Translate, column: string, names: ReadonlyMap<string, string>): string {
  if (column.startsWith(customColumnPrefix))
    return names.get(column) ?? column.slice(customColumnPrefix.length);
  const key = labelKey(column);
  return key === undefined ? column : t(key);
}

const order = Object.keys(columnLabels);

/** True for a column, or a detail of an event, that holds the id of a record, or those of several. */
export const isReference = (column: string): boolean => /(_ids?|Id)$/.test(column);

/** The column that a part of it is kept in. */
function wholeColumn(column: string): string {
  if (column.startsWith(customColumnPrefix)) return 'custom_values';
  return column.startsWith(settingPrefix) ? 'value' : column;
}

/** Sorts columns as forms show them; unknown ones come last. */
export function byReadingOrder(left: string, right: string): number {
  const position = (column: string): number => {
    const place = order.indexOf(wholeColumn(column));
    return place === -1 ? order.length : place;
  };
  return position(left) - position(right) || left.localeCompare(right);
}
