import type { Upkeep } from '../service-settings/setting-kind.js';

/** How rules are kept in order, taken out of use and deleted; nothing refers to them. */
export const classificationRuleUpkeep: Upkeep = {
  table: 'classification_rules',
  isTree: false,
  actions: {
    moved: 'classification-rules.moved',
    archived: 'classification-rules.archived',
    unarchived: 'classification-rules.unarchived',
    deleted: 'classification-rules.deleted',
  },
  usedBy: {},
};
