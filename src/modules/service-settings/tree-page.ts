import type { ViewerContext } from '../../core/context.js';
import type { FieldSpec } from '../../core/form.js';
import type { CellView } from '../../core/lists/list-view.js';
import { treeMoveProblem, treeOrder, type TreeRecord } from '../../core/tree.js';
import { inPlaces, orderedRow, type OrderedRowView } from './ordered-page.js';
import type { SettingRecord } from './setting-kind.js';

type TreeSetting = SettingRecord & TreeRecord;

/** The rows of a tree, each below the one it hangs on; `nameOf` is given the names from the top down. */
export function treeRows<Stored extends TreeSetting>(
  context: ViewerContext,
  path: string,
  records: readonly Stored[],
  nameOf: (path: readonly string[]) => string,
  cells: (record: Stored) => readonly CellView[],
): OrderedRowView[] {
  const places = new Map(
    inPlaces(records, ({ parentId }) => parentId).map((place) => [place.record.id, place]),
  );
  return treeOrder(records).map(({ record, depth, path: names }) => {
    const { isFirst = true, isLast = true } = places.get(record.id) ?? {};
    return orderedRow(context, path, {
      record,
      name: nameOf(names),
      depth,
      cells: cells(record),
      isFirst,
      isLast,
    });
  });
}

/** The field in which a record of a tree, which may be a new one, gets its parent: what it can hang under. */
export function parentField(
  { t }: ViewerContext,
  records: readonly TreeSetting[],
  id: string,
  maximumDepth: number,
  pathOf: (path: readonly string[]) => string,
): FieldSpec {
  const current = records.find((record) => record.id === id)?.parentId;
  const possible = treeOrder(records).filter(
    ({ record }) =>
      (!record.isArchived || record.id === current) &&
      treeMoveProblem(records, id, record.id, maximumDepth) === undefined,
  );
  return {
    name: 'parentId',
    label: 'tree.parent',
    kind: 'select',
    help: 'tree.parentHelp',
    options: [
      { value: '', label: t('tree.top') },
      ...possible.map(({ record, path }) => ({ value: record.id, label: pathOf(path) })),
    ],
  };
}
