import { v7 as newId } from 'uuid';
import type { Context, Dependencies } from '../../core/context.js';
import { translator } from '../../core/i18n.js';
import { generatePassword } from '../../core/password.js';
import { permissionNames } from '../../core/permissions.js';
import { shippedRoles, type ShippedRole } from '../../core/shipped-roles.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import type { Transaction } from '../../core/database.js';
import { shipDeadlines } from '../deadline-policies/ship-deadlines.js';
import { shipReturnVisitPlans } from '../return-visit-plans/shipped-plans.js';
import { shipServiceDefaults } from '../service-requests/shipped-defaults.js';

/** The key file does not belong to this database: what was encrypted could not be read, and passwords would not match. */
export class WrongKeyFile extends Error {}

export interface FirstAdministrator {
  readonly username: string;
  readonly password: string;
}

const keyFingerprintSetting = 'security.keyFingerprint';
/** A first start on a slow machine may take its time. */
const slowMachineMillis = 30_000;

const grantedSetting = 'security.grantedPermissions';

/**
 * Completes an installation, at every start: checks the keys, makes the shipped roles, grants them permissions that came
 * with a new version, makes what requests start with, and creates the first administrator where there are no users.
 * @returns the first administrator with the password, which is stored nowhere in clear, or undefined later on.
 * @throws WrongKeyFile
 */
export async function completeInstallation(deps: Dependencies): Promise<FirstAdministrator | undefined> {
  const context = installerContext(deps);
  await checkKeys(context);
  await unitOfWork(context, 'installation.roles-shipped', async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('installation'))`;
    await shipRoles(tx);
  });
  await unitOfWork(
    context,
    'installation.service-defaults-shipped',
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('installation'))`;
      await shipServiceDefaults(tx);
      await shipReturnVisitPlans(tx);
      await shipDeadlines(tx);
    },
    { timeoutMillis: slowMachineMillis },
  );
  if ((await deps.database.models.user.count()) > 0) return undefined;
  const password = generatePassword();
  const passwordHash = await deps.passwords.hash(password);
  const created = await unitOfWork(context, 'installation.administrator-created', async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('installation'))`;
    if ((await tx.user.count()) > 0) return false;
    const role = await tx.role.findUniqueOrThrow({
      where: { shippedKey: 'administrator' },
      select: { id: true },
    });
    const user = {
      id: newId(),
      username: 'admin',
      name: 'Administrator',
      passwordHash,
      mustChangePassword: true,
    };
    await tx.user.create({ data: user });
    await tx.userRole.create({ data: { id: newId(), userId: user.id, roleId: role.id } });
    return true;
  });
  return created ? { username: 'admin', password } : undefined;
}

const installerContext = (deps: Dependencies): Context => ({
  deps,
  locale: 'en',
  t: translator('en'),
  actor: { id: null, name: 'installation' },
});

async function checkKeys(context: Context): Promise<void> {
  const { keys, database } = context.deps;
  const stored = await database.models.setting.findUnique({ where: { key: keyFingerprintSetting } });
  if (stored && stored.value !== keys.fingerprint) {
    throw new WrongKeyFile(
      'The key file does not belong to this database. Put the key file back that was used with it (KEY_FILE); with another one contact data cannot be read.',
    );
  }
  if (!stored) {
    await unitOfWork(context, 'installation.keys-registered', (tx) =>
      tx.setting.create({ data: { id: newId(), key: keyFingerprintSetting, value: keys.fingerprint } }),
    );
  }
}

/** Makes the shipped roles once, and gives them the permissions that this version knows and the last one did not. */
async function shipRoles(tx: Transaction): Promise<void> {
  const stored = await tx.setting.findUnique({ where: { key: grantedSetting } });
  const known = new Set(Array.isArray(stored?.value) ? stored.value : []);
  const fresh = permissionNames.filter((permission) => !known.has(permission));
  if (fresh.length === 0) return;
  for (const shipped of shippedRoles) {
    const roleId = await findOrCreateRole(tx, shipped);
    const grants = fresh.flatMap((permission) => {
      const scope = shipped.grants[permission];
      return roleId && scope ? [{ id: newId(), roleId, permission, scope }] : [];
    });
    await tx.roleGrant.createMany({ data: grants, skipDuplicates: true });
  }
  await tx.setting.upsert({
    where: { key: grantedSetting },
    create: { id: newId(), key: grantedSetting, value: permissionNames },
    update: { value: permissionNames },
  });
}

/** A shipped role that an administrator deleted stays deleted: undefined then, once the first installation is done. */
async function findOrCreateRole(tx: Transaction, shipped: ShippedRole): Promise<string | undefined> {
  const role = await tx.role.findUnique({ where: { shippedKey: shipped.key }, select: { id: true } });
  if (role) return role.id;
  if ((await tx.setting.count({ where: { key: grantedSetting } })) > 0) return undefined;
  const id = newId();
  await tx.role.create({
    data: { id, name: shipped.name, shippedKey: shipped.key, description: shipped.description },
  });
  return id;
}
