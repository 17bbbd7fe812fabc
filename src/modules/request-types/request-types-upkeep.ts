import { sql } from '../../core/sql.js';
import type { Upkeep } from '../service-settings/setting-kind.js';

/** How types are kept in order, taken out of use and deleted. */
export const requestTypeUpkeep: Upkeep = {
  table: 'request_types',
  isTree: false,
  actions: {
    moved: 'request-types.moved',
    archived: 'request-types.archived',
    unarchived: 'request-types.unarchived',
    deleted: 'request-types.deleted',
  },
  usedBy: {
    requests: (id) => sql`service_requests WHERE type_id = ${id}::uuid`,
    recurring: (id) => sql`recurring_requests WHERE type_id = ${id}::uuid`,
    categories: (id) => sql`request_categories WHERE type_id = ${id}::uuid`,
    policies: (id) => sql`deadline_policies WHERE type_id = ${id}::uuid`,
    plans: (id) => sql`return_visit_plans WHERE type_id = ${id}::uuid`,
    rules: (id) => sql`classification_rules
      WHERE conditions->'typeIds' @> to_jsonb(${id}::text) OR outcome->>'typeId' = ${id}`,
  },
};
