export type Direction = 'up' | 'down';

interface Placed {
  readonly id: string;
  readonly position: number;
}

/**
 * Moves one of some records, which come in their order, one place up or down; at the end of its way it stays. Returns
 * the new positions, from 0, of those whose position changes; undefined when the record is not among them.
 */
export function reorder(records: readonly Placed[], id: string, direction: Direction): Placed[] | undefined {
  const from = records.findIndex((record) => record.id === id);
  const moving = records[from];
  if (!moving) return undefined;
  const order = records.filter((record) => record !== moving);
  order.splice(Math.max(0, from + (direction === 'up' ? -1 : 1)), 0, moving);
  return order.flatMap((record, position) =>
    record.position === position ? [] : [{ id: record.id, position }],
  );
}
