/** A table that an action changed, with what decides when it is taken back. */
export interface OrderedTable {
  readonly table: string;
  /** The action made rows of it and changed no others. */
  readonly isOnlyInserted: boolean;
  /** Tables that it refers to. */
  readonly refersTo: readonly string[];
}

/**
 * The order in which tables are taken back: the one changed last first, except that new rows go after all that may refer to
 * them. A long action changes its tables in turns, and its last turn may have left one of them out.
 */
export function inUndoOrder<Table extends OrderedTable>(lastChangedFirst: readonly Table[]): Table[] {
  const remaining = [...lastChangedFirst];
  const ordered: Table[] = [];
  while (remaining.length > 0) {
    const free = remaining.findIndex((table) => !remaining.some((other) => mustPrecede(other, table)));
    ordered.push(...remaining.splice(Math.max(free, 0), 1));
  }
  return ordered;
}

const mustPrecede = (table: OrderedTable, other: OrderedTable): boolean =>
  table !== other && table.refersTo.includes(other.table) && (table.isOnlyInserted || other.isOnlyInserted);
