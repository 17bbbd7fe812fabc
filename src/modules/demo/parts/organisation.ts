import { generatePassword } from '../../../core/password.js';
import type { DemoStaffMember } from '../company/staff.js';
import { asDate } from '../days.js';
import type { DemoContext, DemoPart } from '../demo-part.js';
import { createRandom } from '../random.js';
import { demoPassword, isDemoSignIn } from '../sign-ins.js';

/** Branches, teams, staff and their roles. */
export const organisationPart: DemoPart = {
  name: 'organisation',
  async fill(context, { seed, branches, staff }) {
    const { tx } = context;
    const founded = (branch: (typeof branches)[number]) => ({
      createdAt: asDate(branch.openedOn),
      updatedAt: asDate(branch.openedOn),
    });
    await tx.branch.createMany({
      data: branches.map((branch) => ({ id: branch.id, name: branch.name, ...founded(branch) })),
    });
    await tx.team.createMany({
      data: branches.map((branch) => ({
        id: branch.teamId,
        name: branch.teamName,
        branchId: branch.id,
        ...founded(branch),
      })),
    });
    await createUsers(context, staff);
    await tx.teamMember.createMany({
      data: staff.flatMap(({ id, username, branch, since }) => {
        const memberId = createRandom(seed, 'membership', username).uuid(asDate(since));
        return branch ? [{ id: memberId, userId: id, teamId: branch.teamId }] : [];
      }),
    });
    await grantRoles(context, seed, staff);
  },
};

/** The installation's administrator becomes one of the staff; the others are new. Most of them have no password yet. */
async function createUsers({ deps, tx }: DemoContext, staff: readonly DemoStaffMember[]): Promise<void> {
  const unknown = await deps.passwords.hash(generatePassword());
  const rows = await Promise.all(
    staff.map(async ({ id, username, name, since, until }) => ({
      id,
      username,
      name,
      email: `${username}@example.com`,
      passwordHash: isDemoSignIn(username)
        ? await deps.passwords.hash(demoPassword(deps.keys, username))
        : unknown,
      mustChangePassword: false,
      disabledAt: until === undefined ? null : asDate(until + 1),
      createdAt: asDate(since),
      updatedAt: asDate(until ?? since),
    })),
  );
  for (const { id, username, ...administrator } of rows.filter((row) => row.username === 'admin')) {
    await tx.user.update({ where: { id, username }, data: administrator });
  }
  await tx.user.createMany({ data: rows.filter(({ username }) => username !== 'admin') });
}

async function grantRoles(
  { tx }: DemoContext,
  seed: string,
  staff: readonly DemoStaffMember[],
): Promise<void> {
  const roles = await tx.role.findMany({
    where: { shippedKey: { not: null } },
    select: { id: true, shippedKey: true },
  });
  await tx.userRole.createMany({
    data: staff.flatMap(({ id, username, role, since }) => {
      const found = roles.find(({ shippedKey }) => shippedKey === role);
      const grantId = createRandom(seed, 'role', username).uuid(asDate(since));
      return found ? [{ id: grantId, userId: id, roleId: found.id }] : [];
    }),
    skipDuplicates: true,
  });
}
