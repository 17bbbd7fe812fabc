import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../../core/context.js';
import type { Transaction } from '../../../core/database.js';
import { InvalidInput, NotFound } from '../../../core/errors.js';
import { unitOfWork } from '../../../core/unit-of-work.js';
import { EditedMeanwhile } from '../../../core/conflict.js';
import { refusingTakenNames } from '../taken-names.js';
import type { BranchChange, NewBranch } from './branches.schemas.js';
import type { NewTeam, TeamChange } from './teams.schemas.js';

/** @throws InvalidInput when the name is taken, or branch or members do not exist. */
export async function createTeam(context: ViewerContext, form: NewTeam): Promise<string> {
  const { memberIds, ...fields } = form;
  const id = newId();
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'teams.created', async (tx) => {
      await refuseUnknownBranch(tx, fields.branchId);
      await tx.team.create({ data: { id, ...fields } });
      await setMembers(tx, id, memberIds);
    }),
  );
  return id;
}

/**
 * Changes a team's name, branch and members.
 * @throws NotFound, EditedMeanwhile, InvalidInput when the name is taken, or branch or members do not exist.
 */
export async function changeTeam(context: ViewerContext, id: string, form: TeamChange): Promise<void> {
  const { version, memberIds, ...fields } = form;
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'teams.changed', async (tx) => {
      await refuseUnknownBranch(tx, fields.branchId);
      const { count } = await tx.team.updateMany({ where: { id, version }, data: fields });
      if (count === 0)
        throw (await tx.team.count({ where: { id } })) > 0
          ? new EditedMeanwhile()
          : new NotFound('no such team');
      await setMembers(tx, id, memberIds);
    }),
  );
}

/** @throws InvalidInput when the name is taken. */
export async function createBranch(context: ViewerContext, form: NewBranch): Promise<string> {
  const id = newId();
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'branches.created', (tx) => tx.branch.create({ data: { id, ...form } })),
  );
  return id;
}

/** @throws NotFound, EditedMeanwhile, InvalidInput when the name is taken. */
export async function renameBranch(context: ViewerContext, id: string, form: BranchChange): Promise<void> {
  const { version, ...fields } = form;
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'branches.renamed', async (tx) => {
      const { count } = await tx.branch.updateMany({ where: { id, version }, data: fields });
      if (count === 0)
        throw (await tx.branch.count({ where: { id } })) > 0
          ? new EditedMeanwhile()
          : new NotFound('no such branch');
    }),
  );
}

async function refuseUnknownBranch(tx: Transaction, branchId: string | null): Promise<void> {
  if (branchId !== null && (await tx.branch.count({ where: { id: branchId } })) === 0) {
    throw InvalidInput.field('branchId', 'errors.notAChoice');
  }
}

/** The users that change count their version up, so that a form of theirs that is open now does not undo this. */
async function setMembers(tx: Transaction, teamId: string, memberIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(memberIds)];
  if ((await tx.user.count({ where: { id: { in: wanted } } })) !== wanted.length) {
    throw InvalidInput.field('memberIds', 'errors.notAChoice');
  }
  const held = (await tx.teamMember.findMany({ where: { teamId }, select: { userId: true } })).map(
    ({ userId }) => userId,
  );
  const added = wanted.filter((userId) => !held.includes(userId));
  const removed = held.filter((userId) => !wanted.includes(userId));
  await tx.teamMember.deleteMany({ where: { teamId, userId: { in: removed } } });
  await tx.teamMember.createMany({ data: added.map((userId) => ({ id: newId(), teamId, userId })) });
  await tx.user.updateMany({
    where: { id: { in: [...added, ...removed] } },
    data: { updatedAt: new Date() },
  });
}
