import { allOf, emptySql, rawSql, sql, type Sql } from '../sql.js';

/** Rows of a page. */
export const pageSize = 50;
/** So many hits of a search are found before they are sorted. */
export const mostGathered = 4_000;
/** Of more hits, so many rows of the list are looked at for a full page, before all hits are sorted nevertheless. */
export const mostWalked = 10_000;

export interface SortColumn {
  /** What to sort by; never null (wrap in coalesce) and, for large tables, indexed together with the id. */
  readonly expression: Sql;
  readonly type: 'text' | 'timestamptz' | 'date' | 'numeric' | 'integer' | 'bigint';
  /** The list's id as it stands in a joined table whose index sorts; the list's own id unless told. */
  readonly id?: Sql;
}

export interface ListOrder<SortName extends string = string> {
  readonly name: SortName;
  readonly descending: boolean;
}

/** Where a page begins: after (or before) the row with this sort value and id. */
export interface Cursor {
  readonly backwards: boolean;
  readonly value: string;
  readonly id: string;
}

/** Which way a list goes, and from where a page of it is read. */
export interface PageOrder {
  readonly descending: boolean;
  readonly cursor: Cursor | undefined;
}

/** The direction in which the rows of a page are read: that of the list, or against it on the way back. */
export const directionOf = ({ descending, cursor }: PageOrder): Sql =>
  rawSql(isAscending({ descending, cursor }) ? 'ASC' : 'DESC');

const isAscending = ({ descending, cursor }: PageOrder): boolean =>
  descending === (cursor?.backwards ?? false);

/** The only table of `seekFrom`, along which a list is walked, up to `mostWalked` rows of it. */
export interface Walking {
  readonly table: Sql;
  /** What each row of the list fulfils, as the index of its order holds. */
  readonly listed: Sql;
  /** The list's conditions, as they are asked soonest of one row after the other. */
  readonly where: readonly Sql[];
}

/** What of a list decides which rows stand on a page. */
export interface PageRequest extends PageOrder {
  /** Tables with their joins; the driving table's id is `id` below. */
  readonly from: Sql;
  /**
   * Tables that conditions and order speak of, where the joins are many: the ids of the page are found among them first,
   * together with the count, and then only those rows are joined, by a statement that is planned once for all pages. A
   * search that matches thousands would else join them all before it sorts.
   */
  readonly seekFrom?: Sql | undefined;
  readonly id: Sql;
  /** `uuid` unless told; the audit log counts its rows. */
  readonly idType?: 'uuid' | 'bigint';
  readonly where: readonly Sql[];
  readonly sort: SortColumn;
  /** Where the first rows may hold none of many hits: a hundred thousand customers may have been imported last. */
  readonly walking?: Walking | undefined;
}

/** The page's rows and one more: id, sort value, and further columns. Limits are text, for the sake of the plan. */
export function pageOf(request: PageRequest, from: Sql, columns: Sql = emptySql): Sql {
  const { sort } = request;
  const direction = directionOf(request);
  return sql`
    SELECT ${request.id}::text AS id, (${sort.expression})::text AS sort_value${columns}
    FROM ${from} WHERE ${allOf([...request.where, ...positionOf(request)])}
    ORDER BY ${sort.expression} ${direction}, ${sort.id ?? request.id} ${direction} LIMIT ${rawSql(String(pageSize + 1))}`;
}

/** What the rows after the cursor fulfil; nothing without one. */
function positionOf(request: Pick<PageRequest, 'sort' | 'id' | 'idType' | keyof PageOrder>): Sql[] {
  const { sort, id, cursor } = request;
  if (!cursor) return [];
  const comparison = rawSql(isAscending(request) ? '>' : '<');
  return [
    sql`(${sort.expression}, ${sort.id ?? id}) ${comparison} (${cursor.value}::${rawSql(sort.type)}, ${cursor.id}::${idType(request)})`,
  ];
}

/** The page out of the first rows of the list; fewer rows tell nothing of those behind. */
export const pageOfWalked = (request: PageRequest, walking: Walking): Sql =>
  pageOf(
    { ...request, where: walking.where },
    sql`(${firstRows(request, walking, mostWalked)}) AS ${walking.table}`,
  );

/** The page out of all hits, which are found before they are sorted. */
export function pageOfSorted(request: PageRequest): Sql {
  const { id, sort, where, seekFrom = request.from } = request;
  const hits = sql`(SELECT ${id} AS id, ${sort.expression} AS sort_value FROM ${seekFrom} WHERE ${allOf(where)} OFFSET 0) AS hits`;
  const sorted = { expression: sql`hits.sort_value`, type: sort.type };
  return pageOf({ ...request, id: sql`hits.id`, sort: sorted, where: [] }, hits);
}

/** So many rows of a table in the order of the list, from the cursor on. */
function firstRows(request: PageRequest, { table, listed }: Walking, most: number): Sql {
  const { sort } = request;
  const direction = directionOf(request);
  return sql`SELECT * FROM ${table} WHERE ${allOf([listed, ...positionOf(request)])}
    ORDER BY ${sort.expression} ${direction}, ${request.id} ${direction} LIMIT ${rawSql(String(most))}`;
}

/** The rows of a statement as one value, an empty array of none. */
export const asJson = (page: Sql): Sql =>
  sql`coalesce((SELECT jsonb_agg(page) FROM (${page}) AS page), '[]')`;

/** All rows that are found, and what they are sorted by; one more than are gathered. */
export const gathering = ({ id, sort, seekFrom, from, where }: PageRequest): Sql => sql`
  SELECT ${sort.id ?? id} AS id, ${sort.expression} AS sort_value FROM ${seekFrom ?? from}
  WHERE ${allOf(where)} LIMIT ${rawSql(String(mostGathered + 1))}`;

/** The page out of what was gathered; none where that is not all. */
export const pageOfGathered = (request: PageRequest): Sql =>
  pageOf(
    {
      ...request,
      id: sql`gathered.id`,
      sort: { expression: sql`gathered.sort_value`, type: request.sort.type },
      where: [sql`(SELECT count(*) FROM gathered) <= ${mostGathered}`],
    },
    sql`gathered`,
  );

/** The type of the list's ids in SQL. */
export const idType = (request: Pick<PageRequest, 'idType'>): Sql => rawSql(request.idType ?? 'uuid');
