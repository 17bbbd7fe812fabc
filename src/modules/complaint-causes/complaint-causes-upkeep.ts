import { sql } from '../../core/sql.js';
import type { Upkeep } from '../service-settings/setting-kind.js';

/** How causes are kept in order, taken out of use and deleted. */
export const complaintCauseUpkeep: Upkeep = {
  table: 'complaint_causes',
  isTree: true,
  actions: {
    moved: 'complaint-causes.moved',
    archived: 'complaint-causes.archived',
    unarchived: 'complaint-causes.unarchived',
    deleted: 'complaint-causes.deleted',
  },
  usedBy: {
    complaints: (id) => sql`complaints WHERE cause_id = ${id}::uuid`,
    children: (id) => sql`complaint_causes WHERE parent_id = ${id}::uuid`,
  },
};
