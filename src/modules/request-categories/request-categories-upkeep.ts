import { sql } from '../../core/sql.js';
import type { Upkeep } from '../service-settings/setting-kind.js';

/** How categories are kept in order, taken out of use and deleted. */
export const requestCategoryUpkeep: Upkeep = {
  table: 'request_categories',
  isTree: true,
  actions: {
    moved: 'request-categories.moved',
    archived: 'request-categories.archived',
    unarchived: 'request-categories.unarchived',
    deleted: 'request-categories.deleted',
  },
  usedBy: {
    requests: (id) => sql`service_requests WHERE category_id = ${id}::uuid`,
    recurring: (id) => sql`recurring_requests WHERE category_id = ${id}::uuid`,
    rules: (id) => sql`classification_rules WHERE outcome->>'categoryId' = ${id}`,
    children: (id) => sql`request_categories WHERE parent_id = ${id}::uuid`,
  },
};
