import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { EditedMeanwhile } from '../../core/conflict.js';
import { Conflict, Forbidden, InvalidInput } from '../../core/errors.js';
import { readRows } from '../../core/read-rows.js';
import { sql } from '../../core/sql.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import { readCustomFields } from '../custom-fields/custom-fields.queries.js';
import { readCustomValues } from '../custom-fields/custom-values.js';
import { contactFields, sealContact, type ContactColumns } from './contact-details.js';
import { dropRepeatedContactPoints } from './contact-point-rows.js';
import { spellName } from './customer-name.js';
import { nextCustomerNo } from './customer-numbers.js';
import { findCustomer } from './customers.queries.js';
import type { CustomerChange, NewCustomer } from './customers.schemas.js';

/**
 * Creates a customer. Sent twice, the same form (same id) creates once.
 * @throws InvalidInput when owner or branch do not exist, or a custom field cannot take its value.
 */
export async function createCustomer(context: ViewerContext, form: NewCustomer): Promise<string> {
  const { id, phone, email, wechat, address, custom, ownerId, branchId, ...fields } = form;
  const customValues = readCustomValues(await readCustomFields(context), custom);
  const contact = sealContact(context.deps.cipher, id, { phone, email, wechat, address });
  try {
    await unitOfWork(context, 'customers.created', async (tx) => {
      await tx.customer.create({
        data: {
          id,
          customerNo: await nextCustomerNo(tx),
          ...plainColumns(fields),
          ...contact,
          customValues,
          ...(await ownerColumns(tx, ownerId, branchId)),
        },
      });
    });
  } catch (error) {
    if (!isUniqueViolation(error, 'id') && !isUniqueViolation(error, 'customers_pkey')) throw error;
  }
  return id;
}

/**
 * Changes a customer.
 * @throws NotFound outside the viewer's scope, Forbidden outside the scope of editing, EditedMeanwhile when the version
 * is not the one that the form was opened with, InvalidInput when owner or branch do not exist or a custom field cannot
 * take its value.
 */
export async function changeCustomer(
  context: ViewerContext,
  id: string,
  form: CustomerChange,
): Promise<void> {
  const customer = await findCustomer(context, id);
  if (!customer.can_edit) throw new Forbidden('customers:edit');
  const { version, clearContact, phone, email, wechat, address, custom, ownerId, branchId, ...fields } = form;
  const customValues = readCustomValues(customer.custom_fields, custom, customer.custom_values);
  if (ownerId !== customer.owner_id && !customer.can_change_owner)
    throw InvalidInput.field('ownerId', 'customers.ownerOfShared');
  await unitOfWork(context, 'customers.changed', async (tx) => {
    const owner = ownerId === customer.owner_id ? { branchId } : await ownerColumns(tx, ownerId, branchId);
    const { count } = await tx.customer.updateMany({
      where: { id, version, deletedAt: null },
      data: { ...plainColumns(fields), ...changedContact(context, id, form), ...owner, customValues },
    });
    if (count === 0) throw new EditedMeanwhile();
    if (phone !== null || email !== null) await dropRepeatedContactPoints(tx, id);
  });
}

/**
 * Puts a customer into the recycle bin; the returned action takes it back.
 * @throws NotFound, Forbidden, EditedMeanwhile
 */
export async function deleteCustomer(context: ViewerContext, id: string, version: number): Promise<string> {
  const customer = await findCustomer(context, id);
  if (!customer.can_delete) throw new Forbidden('customers:delete');
  const actionId = newId();
  const now = context.deps.now();
  await unitOfWork(
    context,
    'customers.deleted',
    async (tx) => {
      const summary = { count: 1, customerNo: customer.customer_no, name: customer.name };
      await registerUndoable(
        tx,
        { id: actionId, kind: 'customers.deleted', summary, actorId: context.viewer.id },
        now,
      );
      const { count } = await tx.customer.updateMany({
        where: { id, version, deletedAt: null },
        data: { deletedAt: now, deletedById: context.viewer.id },
      });
      if (count === 0) throw new EditedMeanwhile();
    },
    { undoableActionId: actionId },
  );
  return actionId;
}

/**
 * Takes a customer out of the recycle bin; returns their name.
 * @throws NotFound, Conflict when it is not in the bin, or lies there because it was merged into another one.
 */
export async function restoreCustomer(context: ViewerContext, id: string): Promise<string> {
  const customer = await findCustomer(context, id, { permission: 'customers:delete', includeDeleted: true });
  await unitOfWork(context, 'customers.restored', async (tx) => {
    const { count } = await tx.customer.updateMany({
      where: { id, deletedAt: { not: null }, erasedAt: null, mergedIntoId: null },
      data: { deletedAt: null, deletedById: null },
    });
    if (count === 0 && customer.deleted_at !== null) throw new Conflict('customers.wasMerged');
    if (count === 0) throw new Conflict('customers.notInRecycleBin');
  });
  return customer.name;
}

type PlainFields = Omit<
  CustomerChange,
  'version' | 'clearContact' | 'custom' | 'phone' | 'email' | 'wechat' | 'address' | 'ownerId' | 'branchId'
>;

/** What is stored as it is typed, and what follows from it. */
function plainColumns({ birthDate, firstVisitOn, ...fields }: PlainFields) {
  const { pinyin, initials } = spellName(fields.name);
  return {
    ...fields,
    namePinyin: pinyin,
    nameInitials: initials,
    birthDate: asDate(birthDate),
    firstVisitOn: asDate(firstVisitOn),
  };
}

/** Prisma takes calendar days as midnight UTC. */
const asDate = (day: string | null): Date | null => (day === null ? null : new Date(`${day}T00:00:00Z`));

/** Only what was typed or is to be removed; the rest of the contact data stays. */
function changedContact(context: ViewerContext, id: string, form: CustomerChange): Partial<ContactColumns> {
  const sealed = sealContact(context.deps.cipher, id, form);
  const isTouched = (field: (typeof contactFields)[number]): boolean =>
    form[field] !== null || form.clearContact.includes(field);
  const entries = Object.entries(sealed).filter(([column]) =>
    contactFields.some((field) => column.startsWith(field) && isTouched(field)),
  );
  return Object.fromEntries(entries);
}

const Belonging = z.object({
  has_branch: z.boolean(),
  has_owner: z.boolean(),
  team_id: z.string().nullable(),
  team_branch_id: z.string().nullable(),
});

/** The owner with the team they belong to; a customer without owner is in the public pool. */
async function ownerColumns(tx: Transaction, ownerId: string | null, branchId: string | null) {
  if (ownerId === null && branchId === null) return { ownerId, teamId: null, branchId };
  const [found] = await readRows(
    tx,
    sql`
    SELECT EXISTS (SELECT FROM branches WHERE id = ${branchId}::uuid) AS has_branch,
           EXISTS (SELECT FROM users WHERE id = ${ownerId}::uuid AND disabled_at IS NULL) AS has_owner,
           team.id::text AS team_id, team.branch_id::text AS team_branch_id
    FROM (SELECT) AS asked
    LEFT JOIN LATERAL (
      SELECT teams.id, teams.branch_id FROM team_members JOIN teams ON teams.id = team_members.team_id
      WHERE team_members.user_id = ${ownerId}::uuid ORDER BY team_members.id LIMIT 1) AS team ON TRUE`,
    Belonging,
  );
  if (branchId !== null && !found?.has_branch) throw InvalidInput.field('branchId', 'errors.notAChoice');
  if (ownerId !== null && !found?.has_owner) throw InvalidInput.field('ownerId', 'errors.notAChoice');
  return { ownerId, teamId: found?.team_id ?? null, branchId: branchId ?? found?.team_branch_id ?? null };
}
