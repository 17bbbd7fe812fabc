import type { TreeTable } from '../service-settings/tree-place.js';

/** The longest name of a cause in characters. */
export const causeNameLength = 60;

export const causeTree: TreeTable = { table: 'complaint_causes', maximumDepth: 3, maximumRecords: 200 };
