/** A record of a tree; those without a parent stand at the top. */
export interface TreeRecord {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
}

export interface TreeNode<Node extends TreeRecord> {
  readonly record: Node;
  /** 1 at the top. */
  readonly depth: number;
  /** The names from the top down, its own last. */
  readonly path: readonly string[];
  readonly isLeaf: boolean;
}

/**
 * The records of a tree as it is read: each followed by those below it, neighbours in the order in which they were given.
 * Records that hang on none, or on one another, are left out.
 */
export function treeOrder<Node extends TreeRecord>(records: readonly Node[]): TreeNode<Node>[] {
  const below = childrenOf(records);
  const placed = (parent: string | null, path: readonly string[]): TreeNode<Node>[] =>
    (below.get(parent) ?? []).flatMap((record) => {
      const own = [...path, record.name];
      const isLeaf = !below.has(record.id);
      return [{ record, depth: own.length, path: own, isLeaf }, ...placed(record.id, own)];
    });
  return placed(null, []);
}

export type TreeMoveProblem = 'within-itself' | 'too-deep' | 'no-parent';

/**
 * Why a record, which may be a new one, cannot hang under a parent (null: at the top) in a tree of at most
 * `maximumDepth` levels; undefined when it can.
 */
export function treeMoveProblem(
  records: readonly TreeRecord[],
  id: string,
  parentId: string | null,
  maximumDepth: number,
): TreeMoveProblem | undefined {
  const order = treeOrder(records);
  const own = order.find(({ record }) => record.id === id);
  const isBelow = idsBelow(records, id);
  if (parentId === id || (parentId !== null && isBelow.has(parentId))) return 'within-itself';
  const parent = order.find(({ record }) => record.id === parentId);
  if (parentId !== null && !parent) return 'no-parent';
  const deepest = Math.max(
    0,
    ...order.filter(({ record }) => isBelow.has(record.id)).map(({ depth }) => depth),
  );
  const levelsBelow = own ? Math.max(0, deepest - own.depth) : 0;
  return (parent?.depth ?? 0) + 1 + levelsBelow > maximumDepth ? 'too-deep' : undefined;
}

/** The ids of all records below one, its own not among them. */
export function idsBelow(records: readonly TreeRecord[], id: string): ReadonlySet<string> {
  const below = childrenOf(records);
  const found = new Set<string>();
  const collect = (parent: string): void => {
    for (const child of below.get(parent) ?? []) {
      if (found.has(child.id)) continue;
      found.add(child.id);
      collect(child.id);
    }
  };
  collect(id);
  return found;
}

function childrenOf<Node extends TreeRecord>(records: readonly Node[]): ReadonlyMap<string | null, Node[]> {
  const below = new Map<string | null, Node[]>();
  for (const record of records) {
    const siblings = below.get(record.parentId);
    if (siblings) siblings.push(record);
    else below.set(record.parentId, [record]);
  }
  return below;
}
