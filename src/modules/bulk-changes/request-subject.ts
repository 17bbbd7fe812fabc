import { sql } from '../../core/sql.js';
import { requestConditions } from '../service-requests/requests-list.queries.js';
import { RequestListQuery } from '../service-requests/service-requests.schemas.js';
import { requestScope } from '../service-requests/service-requests.scope.js';
import type { BulkAction, BulkSubject } from './bulk-subject.js';
import { amongRequests } from './request-action.js';
import { assignRequestsAction, giveBackAction } from './request-assign.js';
import { requestFieldActions } from './request-fields.js';
import { moveToStateAction } from './request-state.js';
import { readFilter } from './selection.js';

const deletion: BulkAction = {
  name: 'deletion',
  label: 'form.delete',
  confirm: 'bulkChanges.requests.confirm.deletion',
  hint: 'bulkChanges.requests.undoHint',
  undoKind: 'bulkChanges.requests.deletion',
  permissions: ['service-requests:delete'],
  batchSize: 500,
  isDestructive: true,
  choosesFirst: false,
  rule: (_, viewer) => ({ scope: requestScope(viewer, 'service-requests:delete') }),
  change: (tx, { deps, viewer }, { ids }) =>
    tx.$executeRaw(sql`
      UPDATE service_requests SET deleted_at = ${deps.now()}::timestamptz, deleted_by_id = ${viewer.id}::uuid
      WHERE ${amongRequests(ids)}`),
};

export const requestSubject: BulkSubject = {
  name: 'serviceRequests',
  path: '/bulk-changes/service-requests',
  permission: 'service-requests:read',
  listPath: '/service-requests',
  listTitle: 'navigation.serviceRequests',
  exported: { path: '/service-requests.xlsx', permission: 'service-requests:export' },
  table: 'service_requests',
  title: sql`service_requests.request_no || ' ' || service_requests.subject`,
  titleOrder: sql`service_requests.received_at DESC, service_requests.id DESC`,
  actions: [assignRequestsAction, giveBackAction, moveToStateAction, ...requestFieldActions, deletion],
  refusals: [
    {
      name: 'hasNoStep',
      fact: 'bulkChanges.requests.hasNoStep',
      result: 'bulkChanges.requests.result.hasNoStep',
    },
    { name: 'hasGaps', fact: 'bulkChanges.requests.hasGaps', result: 'bulkChanges.requests.result.hasGaps' },
    { name: 'isDone', fact: 'bulkChanges.requests.isDone', result: 'bulkChanges.requests.result.isDone' },
    {
      name: 'isOtherType',
      fact: 'bulkChanges.requests.isOtherType',
      result: 'bulkChanges.requests.result.isOtherType',
    },
    {
      name: 'cannotWork',
      fact: 'bulkChanges.requests.cannotWork',
      result: 'bulkChanges.requests.result.cannotWork',
    },
  ],
  texts: {
    names: 'navigation.serviceRequests',
    selected: 'bulkChanges.requests.selected',
    forbidden: 'bulkChanges.requests.forbidden',
    nothingSelected: 'bulkChanges.requests.nothingSelected',
    notAllowedAnyMore: 'bulkChanges.requests.notAllowedAnyMore',
    progress: 'bulkChanges.requests.progress',
    progressLabel: 'bulkChanges.requests.progressLabel',
    toList: 'bulkChanges.requests.toList',
    undone: 'bulkChanges.requests.undone',
  },
  notifications: { done: 'requestsChangeDone', failed: 'requestsChangeFailed' },
  conditions: (context, filter) => requestConditions(context, readFilter(RequestListQuery, filter)),
};
