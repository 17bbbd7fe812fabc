import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../../core/context.js';
import type { Transaction } from '../../../core/database.js';
import { Conflict, Forbidden, InvalidInput, NotFound, type Problem } from '../../../core/errors.js';
import { addUpGrants, scopes, type Grants, type Permission, type Scope } from '../../../core/permissions.js';
import { unitOfWork } from '../../../core/unit-of-work.js';
import { EditedMeanwhile } from '../../../core/conflict.js';
import { covers } from '../granting.js';
import { keepAnAdministrator } from '../last-administrator.js';
import { refusingTakenNames } from '../taken-names.js';
import { grantField, type Grant, type NewRole, type RoleChange } from './roles.schemas.js';

/**
 * Creates a role.
 * @throws InvalidInput when the name is taken, or a permission reaches beyond the viewer's.
 */
export async function createRole(context: ViewerContext, form: NewRole): Promise<string> {
  const { grants, ...fields } = form;
  const id = newId();
  const wanted = withChanges(new Map(), grants);
  refuseBeyond(context, wanted);
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'roles.created', async (tx) => {
      await tx.role.create({ data: { id, ...fields } });
      await setGrants(tx, id, new Map(), wanted);
    }),
  );
  return id;
}

/**
 * Changes a role; it holds for its users from their next request on.
 * @throws NotFound, Forbidden when the role holds more than the viewer, EditedMeanwhile, and InvalidInput when the name is
 * taken, a permission reaches beyond the viewer's, or nobody would be left to administer.
 */
export async function changeRole(context: ViewerContext, id: string, form: RoleChange): Promise<void> {
  const { version, grants, ...fields } = form;
  const refusal = () => InvalidInput.field(grantField('users:manage'), 'users.lastAdministrator');
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'roles.changed', (tx) =>
      keepAnAdministrator(tx, refusal, async () => {
        const { count } = await tx.role.updateMany({ where: { id, version }, data: fields });
        const held = await grantsWithinReach(context, tx, id);
        if (count === 0) throw new EditedMeanwhile();
        const wanted = withChanges(held, grants);
        refuseBeyond(context, wanted);
        await setGrants(tx, id, held, wanted);
      }),
    ),
  );
}

/**
 * Deletes a role that nobody has.
 * @throws NotFound, Forbidden when the role holds more than the viewer, Conflict while users have it.
 */
export async function deleteRole(context: ViewerContext, id: string): Promise<void> {
  await unitOfWork(context, 'roles.deleted', async (tx) => {
    await tx.$queryRaw`SELECT id FROM roles WHERE id = ${id}::uuid FOR UPDATE`;
    await grantsWithinReach(context, tx, id);
    const count = await tx.userRole.count({ where: { roleId: id } });
    if (count > 0) throw new Conflict('roles.inUse', { count });
    await tx.roleGrant.deleteMany({ where: { roleId: id } });
    await tx.role.delete({ where: { id } });
  });
}

async function grantsWithinReach({ viewer }: ViewerContext, tx: Transaction, id: string): Promise<Grants> {
  const role = await tx.role.findUnique({
    where: { id },
    select: { grants: { select: { permission: true, scope: true } } },
  });
  if (!role) throw new NotFound('no such role');
  const grants = addUpGrants(role.grants);
  if (!covers(viewer.grants, grants)) throw new Forbidden('roles:manage');
  return grants;
}

function withChanges(held: Grants, changes: ReadonlyMap<Permission, Grant>): Grants {
  const wanted = new Map<Permission, Scope>(held);
  for (const [permission, scope] of changes) {
    if (scope === 'none') wanted.delete(permission);
    else wanted.set(permission, scope);
  }
  return wanted;
}

function refuseBeyond({ viewer }: ViewerContext, wanted: Grants): void {
  const problems = [...wanted]
    .filter(([permission, scope]) => !covers(viewer.grants, new Map([[permission, scope]])))
    .map(([permission]): Problem => ({ path: grantField(permission), key: 'roles.beyondYours' }));
  if (problems.length > 0) throw new InvalidInput(problems);
}

async function setGrants(tx: Transaction, roleId: string, held: Grants, wanted: Grants): Promise<void> {
  const removed = [...held.keys()].filter((permission) => !wanted.has(permission));
  const added = [...wanted].filter(([permission]) => !held.has(permission));
  await tx.roleGrant.deleteMany({ where: { roleId, permission: { in: removed } } });
  await tx.roleGrant.createMany({
    data: added.map(([permission, scope]) => ({ id: newId(), roleId, permission, scope })),
  });
  for (const scope of scopes) {
    const changed = [...wanted].filter(
      ([permission, now]) => now === scope && held.has(permission) && held.get(permission) !== scope,
    );
    if (changed.length === 0) continue;
    const names = changed.map(([permission]) => permission);
    await tx.roleGrant.updateMany({ where: { roleId, permission: { in: names } }, data: { scope } });
  }
}
