import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../../core/context.js';
import type { Transaction } from '../../../core/database.js';
import { Conflict, Forbidden, InvalidInput, NotFound } from '../../../core/errors.js';
import { generatePassword } from '../../../core/password.js';
import { addUpGrants } from '../../../core/permissions.js';
import { unitOfWork } from '../../../core/unit-of-work.js';
import { EditedMeanwhile } from '../../../core/conflict.js';
import { covers } from '../granting.js';
import { keepAnAdministrator } from '../last-administrator.js';
import { formatNames } from '../name-list.js';
import { roleName } from '../role-names.js';
import { refusingTakenNames } from '../taken-names.js';
import { endSignInsWith } from './end-sign-ins.js';
import type { NewUser, UserChange } from './users.schemas.js';

/**
 * Creates a user who must choose a password at the first sign-in.
 * @returns the user's id and the first password, which is stored nowhere in clear.
 * @throws InvalidInput when the user name is taken, or a role holds more than the viewer may grant.
 */
export async function createUser(
  context: ViewerContext,
  form: NewUser,
): Promise<{ id: string; password: string }> {
  const { roleIds, teamIds, ...fields } = form;
  const id = newId();
  const password = generatePassword();
  const passwordHash = await context.deps.passwords.hash(password);
  await refusingTakenNames('username', 'users.usernameTaken', () =>
    unitOfWork(context, 'users.created', async (tx) => {
      await tx.user.create({ data: { id, ...fields, passwordHash, mustChangePassword: true } });
      await setRoles(context, tx, id, roleIds);
      await setTeams(tx, id, teamIds);
    }),
  );
  return { id, password };
}

/**
 * Changes a user, their roles and teams.
 * @throws NotFound, Forbidden for somebody who may do more than the viewer, EditedMeanwhile, and InvalidInput when the
 * user name is taken, a role holds more than the viewer may grant, or nobody would be left to administer.
 */
export async function changeUser(context: ViewerContext, id: string, form: UserChange): Promise<void> {
  const { version, roleIds, teamIds, ...fields } = form;
  const refusal = () => InvalidInput.field('roleIds', 'users.lastAdministrator');
  await refusingTakenNames('username', 'users.usernameTaken', () =>
    unitOfWork(context, 'users.changed', (tx) =>
      keepAnAdministrator(tx, refusal, async () => {
        await refuseBeyondReach(context, tx, id);
        const { count } = await tx.user.updateMany({ where: { id, version }, data: fields });
        if (count === 0) throw new EditedMeanwhile();
        await setRoles(context, tx, id, roleIds);
        await setTeams(tx, id, teamIds);
      }),
    ),
  );
}

/**
 * Disables a user and ends their sign-ins.
 * @throws NotFound, Forbidden for somebody who may do more than the viewer, Conflict for the viewer themselves, the last
 * administrator, and a user who is disabled already.
 */
export async function disableUser(context: ViewerContext, id: string): Promise<void> {
  if (id === context.viewer.id) throw new Conflict('users.notYourself');
  const refusal = () => new Conflict('users.lastAdministrator');
  await endSignInsWith(context, id, 'users.disabled', (tx) =>
    keepAnAdministrator(tx, refusal, async () => {
      await refuseBeyondReach(context, tx, id);
      const { count } = await tx.user.updateMany({
        where: { id, disabledAt: null },
        data: { disabledAt: context.deps.now() },
      });
      if (count === 0) throw new Conflict('users.alreadyDisabled');
    }),
  );
}

/**
 * Lets a disabled user sign in again.
 * @throws NotFound, Forbidden for somebody who may do more than the viewer, Conflict when the user is not disabled.
 */
export async function enableUser(context: ViewerContext, id: string): Promise<void> {
  await unitOfWork(context, 'users.enabled', async (tx) => {
    await refuseBeyondReach(context, tx, id);
    const { count } = await tx.user.updateMany({
      where: { id, disabledAt: { not: null } },
      data: { disabledAt: null },
    });
    if (count === 0) throw new Conflict('users.notDisabled');
  });
}

/**
 * Gives a user a new random password, to be changed at the next sign-in, and ends their sign-ins.
 * @returns the password, which is stored nowhere in clear.
 * @throws NotFound, Forbidden for somebody who may do more than the viewer, Conflict for the viewer themselves, who
 * change their password knowing the old one.
 */
export async function resetPassword(context: ViewerContext, id: string): Promise<string> {
  if (id === context.viewer.id) throw new Conflict('users.ownPassword');
  const password = generatePassword();
  const passwordHash = await context.deps.passwords.hash(password);
  await endSignInsWith(context, id, 'users.password-reset', async (tx) => {
    await refuseBeyondReach(context, tx, id);
    await tx.user.update({ where: { id }, data: { passwordHash, mustChangePassword: true } });
  });
  return password;
}

async function refuseBeyondReach({ viewer }: ViewerContext, tx: Transaction, id: string): Promise<void> {
  const user = await tx.user.findUnique({
    where: { id },
    select: {
      roles: { select: { role: { select: { grants: { select: { permission: true, scope: true } } } } } },
    },
  });
  if (!user) throw new NotFound('no such user');
  const grants = addUpGrants(user.roles.flatMap(({ role }) => role.grants));
  if (!covers(viewer.grants, grants)) throw new Forbidden('users:manage');
}

async function setRoles(
  context: ViewerContext,
  tx: Transaction,
  userId: string,
  roleIds: readonly string[],
): Promise<void> {
  const wanted = [...new Set(roleIds)];
  const roles = await tx.role.findMany({
    where: { id: { in: wanted } },
    select: { name: true, shippedKey: true, grants: { select: { permission: true, scope: true } } },
  });
  if (roles.length !== wanted.length) throw InvalidInput.field('roleIds', 'errors.notAChoice');
  const beyond = roles.filter(({ grants }) => !covers(context.viewer.grants, addUpGrants(grants)));
  if (beyond.length > 0) {
    const names = formatNames(
      beyond.map((role) => roleName(context.t, role)),
      context.locale,
    );
    throw InvalidInput.field('roleIds', 'users.roleBeyondYours', { roles: names });
  }
  const held = await tx.userRole.findMany({ where: { userId }, select: { roleId: true } });
  const added = wanted.filter((roleId) => !held.some((row) => row.roleId === roleId));
  await tx.userRole.deleteMany({ where: { userId, roleId: { notIn: wanted } } });
  await tx.userRole.createMany({ data: added.map((roleId) => ({ id: newId(), userId, roleId })) });
}

/** The teams that change count their version up, so that a form of theirs that is open now does not undo this. */
async function setTeams(tx: Transaction, userId: string, teamIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(teamIds)];
  if ((await tx.team.count({ where: { id: { in: wanted } } })) !== wanted.length) {
    throw InvalidInput.field('teamIds', 'errors.notAChoice');
  }
  const held = (await tx.teamMember.findMany({ where: { userId }, select: { teamId: true } })).map(
    ({ teamId }) => teamId,
  );
  const added = wanted.filter((teamId) => !held.includes(teamId));
  const removed = held.filter((teamId) => !wanted.includes(teamId));
  await tx.teamMember.deleteMany({ where: { userId, teamId: { in: removed } } });
  await tx.teamMember.createMany({ data: added.map((teamId) => ({ id: newId(), teamId, userId })) });
  await tx.team.updateMany({
    where: { id: { in: [...added, ...removed] } },
    data: { updatedAt: new Date() },
  });
}
