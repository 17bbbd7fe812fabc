import type { TreeTable } from '../service-settings/tree-place.js';

/** The longest name of a category in characters. */
export const categoryNameLength = 60;

export const categoryTree: TreeTable = {
  table: 'request_categories',
  maximumDepth: 3,
  maximumRecords: 500,
};
