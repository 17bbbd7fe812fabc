import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { Forbidden, NotFound } from '../../core/errors.js';
import { keepChoices } from '../../core/kept-choices.js';
import { sql, type Sql } from '../../core/sql.js';
import { can, type Viewer } from '../../core/viewer.js';
import { savedViewListNames, savedViewLists, type SavedViewListName } from './saved-view-lists.js';

const SavedViewRow = z.object({
  id: z.string(),
  list: z.enum(savedViewListNames),
  name: z.string(),
  query: z.string(),
  columns: z.array(z.string()),
  version: z.number(),
  is_own: z.boolean(),
  can_edit: z.boolean(),
  owner_name: z.string(),
  shared_role_id: z.string().nullable(),
});

export type SavedViewRow = z.infer<typeof SavedViewRow>;

/** Views shown above a list at most. */
const mostShown = 60;

/** The viewer's own views of the list of customers, then those shared with one of their roles; kept as filters are. */
export const listCustomerViews = keepChoices<SavedViewRow[]>(
  ({ deps, viewer }) =>
    deps.database.preparedRows(
      sql`${selectViews(viewer)}
          WHERE saved_views.list = 'customers' AND (${isOwn(viewer)} OR ${isSharedWith(viewer)})
          ORDER BY ${isOwn(viewer)} DESC, lower(saved_views.name), saved_views.id LIMIT ${mostShown}`,
      SavedViewRow,
    ),
  ({ viewer }) => viewer.id,
);

/**
 * A view that the viewer may open. Who shares views looks after all that are shared.
 * @throws NotFound, Forbidden without the permission for its list.
 */
export async function findSavedView(context: ViewerContext, id: string): Promise<SavedViewRow> {
  const { viewer } = context;
  const [view] = await context.deps.database.rows(
    sql`${selectViews(viewer)}
        WHERE saved_views.id = ${id}::uuid
          AND (${isOwn(viewer)} OR ${isSharedWith(viewer)} OR ${looksAfter(viewer)})`,
    SavedViewRow,
  );
  if (!view) throw new NotFound('no such view for the viewer');
  const { permission } = savedViewLists[view.list];
  if (!can(viewer, permission)) throw new Forbidden(permission);
  return view;
}

/**
 * A view that the viewer may change.
 * @throws NotFound, Forbidden for a view that others share.
 */
export async function findEditableView(context: ViewerContext, id: string): Promise<SavedViewRow> {
  const view = await findSavedView(context, id);
  if (!view.can_edit) throw new Forbidden('views:share');
  return view;
}

const ShareableRole = z.object({ id: z.string(), name: z.string(), shipped_key: z.string().nullable() });

export type ShareableRole = z.infer<typeof ShareableRole>;

/** The roles that the viewer can share a view with: their own, or all of them with the permission. At most 200. */
export function listShareableRoles({ deps, viewer }: ViewerContext): Promise<ShareableRole[]> {
  return deps.database.rows(
    sql`SELECT id::text, name, shipped_key FROM roles
        WHERE ${can(viewer, 'views:share')} OR id IN (${rolesOf(viewer)}) ORDER BY name, id LIMIT 200`,
    ShareableRole,
  );
}

/** The viewer's own views of a list by name. */
export async function findOwnNames(
  { deps, viewer }: ViewerContext,
  list: SavedViewListName,
): Promise<{ id: string; name: string }[]> {
  return deps.database.rows(
    sql`SELECT id::text, name FROM saved_views WHERE owner_id = ${viewer.id}::uuid AND list = ${list}`,
    z.object({ id: z.string(), name: z.string() }),
  );
}

const selectViews = (viewer: Viewer): Sql => sql`
  SELECT saved_views.id::text, saved_views.list, saved_views.name, saved_views.query, saved_views.columns,
         saved_views.version, ${isOwn(viewer)} AS is_own, (${isOwn(viewer)} OR ${looksAfter(viewer)}) AS can_edit,
         owners.name AS owner_name, saved_views.shared_role_id::text
  FROM saved_views JOIN users AS owners ON owners.id = saved_views.owner_id`;

const isOwn = (viewer: Viewer): Sql => sql`saved_views.owner_id = ${viewer.id}::uuid`;

const isSharedWith = (viewer: Viewer): Sql => sql`saved_views.shared_role_id IN (${rolesOf(viewer)})`;

const looksAfter = (viewer: Viewer): Sql =>
  sql`(saved_views.shared_role_id IS NOT NULL AND ${can(viewer, 'views:share')})`;

const rolesOf = (viewer: Viewer): Sql =>
  sql`SELECT role_id FROM user_roles WHERE user_id = ${viewer.id}::uuid`;
