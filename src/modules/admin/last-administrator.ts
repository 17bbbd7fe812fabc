import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import type { ProductError } from '../../core/errors.js';

const Count = z.tuple([z.object({ count: z.number() })]);

/**
 * Runs a change that may take administrators away, and refuses it when nobody would be left who can manage users and
 * roles. One such change runs at a time; the next one sees what it left.
 * @throws what `refusal` makes.
 */
export async function keepAnAdministrator<Result>(
  tx: Transaction,
  refusal: () => ProductError,
  change: () => Promise<Result>,
): Promise<Result> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('last-administrator'))`;
  const result = await change();
  if ((await countAdministrators(tx)) === 0) throw refusal();
  return result;
}

/** Users who are not disabled and hold both permissions, through whichever of their roles. */
async function countAdministrators(tx: Transaction): Promise<number> {
  const [{ count }] = Count.parse(
    await tx.$queryRaw`
      SELECT count(*)::integer AS count FROM users
      WHERE disabled_at IS NULL
        AND (SELECT count(DISTINCT permission) FROM user_roles JOIN role_grants USING (role_id)
             WHERE user_roles.user_id = users.id AND permission IN ('users:manage', 'roles:manage')) = 2`,
  );
  return count;
}
