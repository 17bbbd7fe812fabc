import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import type { Permission, Scope } from '../../../src/core/permissions.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface UserOptions {
  /** Key of a shipped role: administrator (unless told), manager, agent, account, auditor; null for none. */
  readonly role?: string | null;
  /** A role of its own with exactly these grants, instead of a shipped one. */
  readonly grants?: Partial<Record<Permission, Scope>>;
  readonly teamIds?: readonly string[];
  readonly name?: string;
  readonly locale?: 'en' | 'zh-CN';
  readonly email?: string;
}

export interface TestUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly password: string;
}

const password = 'correct horse battery';

/** A user who can sign in. */
export async function createUser(deps: Dependencies, options: UserOptions = {}): Promise<TestUser> {
  const number = nextNumber();
  const user = { id: newId(), username: `user${number}`, name: options.name ?? `User ${number}` };
  const passwordHash = await deps.passwords.hash(password);
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.user.create({
      data: { ...user, passwordHash, locale: options.locale ?? 'en', email: options.email ?? null },
    });
    for (const teamId of options.teamIds ?? []) {
      await tx.teamMember.create({ data: { id: newId(), teamId, userId: user.id } });
    }
    let roleId: string | undefined;
    if (options.grants) {
      roleId = newId();
      await tx.role.create({ data: { id: roleId, name: `Role ${number}` } });
      await tx.roleGrant.createMany({
        data: Object.entries(options.grants).map(([permission, scope]) => ({
          id: newId(),
          roleId: roleId ?? '',
          permission,
          scope,
        })),
      });
    } else if (options.role !== null) {
      const shippedKey = options.role ?? 'administrator';
      roleId = (await tx.role.findUniqueOrThrow({ where: { shippedKey }, select: { id: true } })).id;
    }
    if (roleId) await tx.userRole.create({ data: { id: newId(), userId: user.id, roleId } });
  });
  return { ...user, password };
}
