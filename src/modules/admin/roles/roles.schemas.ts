import { z } from 'zod';
import { optionalText, requiredText, rowVersion, uuid } from '../../../core/fields.js';
import { listParameters } from '../../../core/lists/list.js';
import { permissionNames, permissions, type Permission, type Scope } from '../../../core/permissions.js';

export const roleLimits = { name: 60, description: 300 } as const;

export type Grant = Scope | 'none';

/** The name of a permission's field: `customers:read` is `customers_read`, because ids of fields are made of names. */
export const grantField = (permission: Permission): string => permission.replace(':', '_');

/** A permission that the form did not offer keeps its scope. */
const grantFields = Object.fromEntries(
  permissionNames.map((permission) => [
    grantField(permission),
    z.enum(['none', ...permissions[permission]]).optional(),
  ]),
);

const fields = {
  name: requiredText(roleLimits.name),
  description: optionalText(roleLimits.description).transform((text) => text ?? ''),
};

const grantsOf = (sent: Readonly<Record<string, Grant | undefined>>): ReadonlyMap<Permission, Grant> =>
  new Map(
    permissionNames.flatMap((permission) => {
      const scope = sent[grantField(permission)];
      return scope === undefined ? [] : [[permission, scope] as const];
    }),
  );

export const NewRoleForm = z
  .strictObject({ ...grantFields, ...fields })
  .transform(({ name, description, ...sent }) => ({ name, description, grants: grantsOf(sent) }));

export const RoleForm = z
  .strictObject({ ...grantFields, ...fields, version: rowVersion })
  .transform(({ name, description, version, ...sent }) => ({
    name,
    description,
    version,
    grants: grantsOf(sent),
  }));

export type NewRole = z.output<typeof NewRoleForm>;
export type RoleChange = z.output<typeof RoleForm>;

export const RoleListQuery = z.strictObject(listParameters(['name']));
export type RoleListQuery = z.output<typeof RoleListQuery>;

export const RoleParams = z.strictObject({ id: uuid });
export const EmptyForm = z.strictObject({});
