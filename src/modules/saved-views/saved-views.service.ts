import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { Conflict, Forbidden, InvalidInput } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import { can } from '../../core/viewer.js';
import { savedViewLists, type SavedViewListName } from './saved-view-lists.js';
import { findEditableView, findOwnNames, listShareableRoles } from './saved-views.queries.js';
import { savedViewLimits, type NewSavedView, type SavedViewChange } from './saved-views.schemas.js';
import { searchesForContactData, viewContents, viewParameters, type ViewContents } from './view-contents.js';

/**
 * Saves what a list shows under a name; returns what was saved. Sent twice, the same form (same id) saves once.
 * @throws InvalidInput when the name is taken, there are too many, the role cannot be shared with, or the address does
 * not fit the list; Forbidden without the permission for the list.
 */
export async function createSavedView(context: ViewerContext, form: NewSavedView): Promise<ViewContents> {
  const { id, list, name, sharedRoleId } = form;
  if (!can(context.viewer, savedViewLists[list].permission)) {
    throw new Forbidden(savedViewLists[list].permission);
  }
  const contents = await acceptedContents(context, list, form.query);
  const ownNames = await findOwnNames(context, list);
  if (ownNames.some((own) => own.id === id)) return contents;
  if (ownNames.length >= savedViewLimits.ownPerList) {
    throw InvalidInput.field('name', 'savedViews.tooMany', { count: savedViewLimits.ownPerList });
  }
  refuseTakenName(ownNames, name);
  await refuseOtherRoles(context, sharedRoleId);
  try {
    await unitOfWork(context, 'saved-views.created', (tx) =>
      tx.savedView.create({
        data: { id, list, name, sharedRoleId, ownerId: context.viewer.id, ...storedColumns(contents) },
      }),
    );
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
  return contents;
}

/**
 * Renames a view, or shares it with another role or nobody.
 * @throws NotFound, Forbidden, InvalidInput, Conflict when it was changed meanwhile.
 */
export async function changeSavedView(
  context: ViewerContext,
  id: string,
  { version, name, sharedRoleId }: SavedViewChange,
): Promise<void> {
  const view = await findEditableView(context, id);
  if (view.is_own) {
    refuseTakenName(
      (await findOwnNames(context, view.list)).filter((own) => own.id !== id),
      name,
    );
  }
  if (sharedRoleId !== view.shared_role_id) await refuseOtherRoles(context, sharedRoleId);
  await unitOfWork(context, 'saved-views.changed', (tx) => update(tx, id, version, { name, sharedRoleId }));
}

/**
 * Lets a view show from now on what the list's address says; returns it.
 * @throws NotFound, Forbidden, InvalidInput when the address does not fit the list, Conflict when it was changed meanwhile.
 */
export async function changeViewContents(
  context: ViewerContext,
  id: string,
  { version, query }: { readonly version: number; readonly query: string },
): Promise<{ list: SavedViewListName; name: string; contents: ViewContents }> {
  const { list, name } = await findEditableView(context, id);
  const contents = await acceptedContents(context, list, query);
  await unitOfWork(context, 'saved-views.changed', (tx) => update(tx, id, version, storedColumns(contents)));
  return { list, name, contents };
}

/**
 * Deletes a view; the returned action takes it back.
 * @throws NotFound, Forbidden, Conflict when it was changed meanwhile.
 */
export async function deleteSavedView(
  context: ViewerContext,
  id: string,
  version: number,
): Promise<{ list: SavedViewListName; name: string; actionId: string }> {
  const { list, name } = await findEditableView(context, id);
  const actionId = newId();
  const action = { id: actionId, kind: 'savedViews.deleted', summary: { name }, actorId: context.viewer.id };
  await unitOfWork(
    context,
    'saved-views.deleted',
    async (tx) => {
      await registerUndoable(tx, action, context.deps.now());
      const { count } = await tx.savedView.deleteMany({ where: { id, version } });
      if (count === 0) throw new Conflict('errors.changedMeanwhile');
    },
    { undoableActionId: actionId },
  );
  return { list, name, actionId };
}

interface StoredFields {
  readonly name?: string;
  readonly sharedRoleId?: string | null;
  readonly query?: string;
  readonly columns?: string[];
}

async function update(tx: Transaction, id: string, version: number, data: StoredFields): Promise<void> {
  const { count } = await tx.savedView.updateMany({ where: { id, version }, data });
  if (count === 0) throw new Conflict('errors.changedMeanwhile');
}

const storedColumns = ({ query, columns }: ViewContents) => ({ query, columns: [...columns] });

async function acceptedContents(
  context: ViewerContext,
  list: SavedViewListName,
  query: string,
): Promise<ViewContents> {
  const contents = viewContents(new URLSearchParams(query));
  const problems = await savedViewLists[list].problems(context, viewParameters(contents));
  if (problems.length > 0) throw new InvalidInput(problems);
  if (searchesForContactData(contents)) throw InvalidInput.field('query', 'savedViews.searchNotKept');
  return contents;
}

function refuseTakenName(others: readonly { readonly name: string }[], name: string): void {
  if (others.some((other) => other.name === name)) throw InvalidInput.field('name', 'savedViews.nameTaken');
}

async function refuseOtherRoles(context: ViewerContext, roleId: string | null): Promise<void> {
  if (roleId === null) return;
  const roles = await listShareableRoles(context);
  if (!roles.some(({ id }) => id === roleId)) throw InvalidInput.field('sharedRoleId', 'errors.notAChoice');
}
