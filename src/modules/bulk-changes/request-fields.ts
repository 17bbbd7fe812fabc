import type { ViewerContext } from '../../core/context.js';
import type { FieldOption } from '../../core/form.js';
import type { MessageKey } from '../../core/i18n.js';
import { rawSql, sql, type Sql } from '../../core/sql.js';
import { readRequestChoices, type RequestChoices } from '../service-requests/request-choices.queries.js';
import { categoryOptions, namedOptions, priorityOptions } from '../service-requests/request-labels.js';
import { requestScope } from '../service-requests/service-requests.scope.js';
import type { BulkAction } from './bulk-subject.js';
import { noValue, valueSelect } from './bulk-value.js';
import { amongRequests, requestAction, settleRequests } from './request-action.js';

type FieldName = 'team' | 'priority' | 'category' | 'branch';

interface RequestField {
  readonly name: FieldName;
  readonly column: 'team_id' | 'priority' | 'category_id' | 'branch_id';
  readonly columnType: 'uuid' | 'integer';
  readonly undoKind: string;
  readonly label: MessageKey;
  readonly isOptional: boolean;
  readonly options: (context: ViewerContext, choices: RequestChoices) => FieldOption[];
  /** Where the value cannot be stored. */
  readonly refusal?: (value: Sql) => Sql;
}

const fields: readonly RequestField[] = [
  {
    ...{ name: 'team', column: 'team_id', columnType: 'uuid', label: 'customers.team', isOptional: true },
    undoKind: 'bulkChanges.requests.team',
    options: (_, { teams }) => namedOptions(teams),
  },
  {
    ...{ name: 'priority', column: 'priority', columnType: 'integer', isOptional: false },
    label: 'serviceRequests.priority',
    undoKind: 'bulkChanges.requests.priority',
    options: ({ t }) => priorityOptions(t),
  },
  {
    ...{ name: 'category', column: 'category_id', columnType: 'uuid', isOptional: true },
    label: 'serviceRequests.category',
    undoKind: 'bulkChanges.requests.category',
    options: ({ t }, choices) => categoryOptions(t, choices),
    refusal: (value) => sql`
      CASE WHEN ${value} IS NOT NULL AND NOT EXISTS (
        SELECT FROM request_categories WHERE id = ${value}
          AND (type_id IS NULL OR type_id = service_requests.type_id)) THEN 'isOtherType' END`,
  },
  {
    ...{
      name: 'branch',
      column: 'branch_id',
      columnType: 'uuid',
      label: 'customers.branch',
      isOptional: true,
    },
    undoKind: 'bulkChanges.requests.branch',
    options: (_, { branches }) => namedOptions(branches),
  },
];

/** Changes of one field each. */
export const requestFieldActions: readonly BulkAction[] = fields.map(fieldAction);

function fieldAction({
  name,
  label,
  isOptional,
  undoKind,
  options,
  refusal,
  ...field
}: RequestField): BulkAction {
  const column = sql`service_requests.${rawSql(field.column)}`;
  const valueOf = (value: string): Sql => sql`nullif(${value}, '')::${rawSql(field.columnType)}`;
  return {
    ...requestAction,
    ...{ name, undoKind },
    label: `bulkChanges.requests.action.${name}`,
    confirm: `bulkChanges.requests.confirm.${name}`,
    permissions: ['service-requests:work'],
    async field(context) {
      const choices = options(context, await readRequestChoices(context));
      const none = { value: noValue, label: context.t('bulkChanges.noValue') };
      return valueSelect(label, isOptional ? [none, ...choices] : choices);
    },
    rule: (_, viewer, value) => ({
      scope: requestScope(viewer, 'service-requests:work'),
      isSo: sql`${column} IS NOT DISTINCT FROM ${valueOf(value)}`,
      ...(refusal ? { refusal: refusal(valueOf(value)) } : {}),
    }),
    async change(tx, context, { ids, value }) {
      const changed = await tx.$executeRaw(sql`
        UPDATE service_requests SET ${rawSql(field.column)} = ${valueOf(value)} WHERE ${amongRequests(ids)}`);
      await settleRequests(tx, context, ids);
      return changed;
    },
  };
}
