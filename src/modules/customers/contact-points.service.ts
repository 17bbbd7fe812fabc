import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput, NotFound } from '../../core/errors.js';
import { registerUndoable } from '../../core/undo/undo.js';
import { isUniqueViolation, unitOfWork } from '../../core/unit-of-work.js';
import { openContact, sealContactField } from './contact-details.js';
import {
  mostContactPoints,
  openContactPoint,
  sealContactPoint,
  type ContactKind,
  type ContactPoint,
} from './contact-point.js';
import type { NewContactPoint } from './contact-points.schemas.js';
import type { CustomerRecord } from './customers.queries.js';
import { findEditableCustomer } from './editable-customer.js';

type ContactPointAction =
  'customers.contact-point-added' | 'customers.contact-point-made-first' | 'customers.contact-point-removed';

/**
 * Adds a phone or e-mail address to a customer; it becomes the first one where there is none. Sent twice, the same form
 * (same id) adds once. Returns the action that takes it back.
 * @throws NotFound, Forbidden outside the scope of editing, InvalidInput when the customer has it already, or has as many
 * as there can be.
 */
export async function addContactPoint(
  context: ViewerContext,
  customerId: string,
  { id, kind, label, value }: NewContactPoint,
): Promise<string> {
  const { cipher } = context.deps;
  const customer = await findEditableCustomer(context, customerId);
  const work = async (tx: Transaction): Promise<void> => {
    const first = await lockFirstContact(tx, customerId, kind);
    const point = sealContactPoint(cipher, id, kind, value);
    const points = await tx.customerContactPoint.findMany({ where: { customerId, kind } });
    if ([first.hash, ...points.map(({ valueHash }) => valueHash)].includes(point.valueHash))
      throw InvalidInput.field('contactValue', 'contactPoints.repeated');
    if (points.length >= mostContactPoints)
      throw InvalidInput.field('contactValue', 'contactPoints.tooMany', { count: mostContactPoints });
    if (first.hash === null) {
      const data = sealContactField(cipher, customerId, kind, value);
      await tx.customer.update({ where: { id: customerId }, data, select: { id: true } });
    } else {
      await tx.customerContactPoint.create({ data: { id, customerId, label, ...point } });
    }
  };
  try {
    return await change(context, customer, 'customers.contact-point-added', work, id);
  } catch (error) {
    if (isUniqueViolation(error)) return id;
    throw error;
  }
}

/**
 * Makes a phone or e-mail address the first one; what was the first takes its place. Each value is encrypted anew,
 * because it opens in its own place alone. Returns the action that takes it back.
 * @throws NotFound, Forbidden outside the scope of editing
 */
export async function makeContactPointFirst(
  context: ViewerContext,
  customerId: string,
  pointId: string,
): Promise<string> {
  const { cipher } = context.deps;
  const customer = await findEditableCustomer(context, customerId);
  const { kind } = findContactPoint(customer, pointId);
  return change(context, customer, 'customers.contact-point-made-first', async (tx) => {
    const first = await lockFirstContact(tx, customerId, kind);
    const point = await tx.customerContactPoint.findFirst({ where: { id: pointId, customerId, kind } });
    if (!point) throw new NotFound('the contact point is gone');
    const value = openContactPoint(cipher, pointId, point.valueEncrypted);
    const data = sealContactField(cipher, customerId, kind, value);
    await tx.customer.update({ where: { id: customerId }, data, select: { id: true } });
    const former = openContact(cipher, customerId, kind, first.encrypted);
    if (former === null) await tx.customerContactPoint.deleteMany({ where: { id: pointId } });
    else
      await tx.customerContactPoint.update({
        where: { id: pointId },
        data: { label: 'other', ...sealContactPoint(cipher, pointId, kind, former) },
      });
  });
}

/**
 * Removes a further phone or e-mail address. Returns the action that takes it back.
 * @throws NotFound, Forbidden outside the scope of editing
 */
export async function removeContactPoint(
  context: ViewerContext,
  customerId: string,
  pointId: string,
): Promise<string> {
  const customer = await findEditableCustomer(context, customerId);
  findContactPoint(customer, pointId);
  return change(context, customer, 'customers.contact-point-removed', async (tx) => {
    const { count } = await tx.customerContactPoint.deleteMany({ where: { id: pointId, customerId } });
    if (count === 0) throw new NotFound('the contact point is gone');
  });
}

/** A contact point of this customer. @throws NotFound */
export function findContactPoint(customer: CustomerRecord, pointId: string): ContactPoint {
  const point = customer.contact_points.find(({ id }) => id === pointId);
  if (!point) throw new NotFound('the customer has no such contact point');
  return point;
}

async function change(
  context: ViewerContext,
  customer: CustomerRecord,
  kind: ContactPointAction,
  work: (tx: Transaction) => Promise<void>,
  actionId: string = newId(),
): Promise<string> {
  const summary = { name: customer.name, customerNo: customer.customer_no };
  const action = { id: actionId, kind, summary, actorId: context.viewer.id };
  await unitOfWork(
    context,
    kind,
    async (tx) => {
      await registerUndoable(tx, action, context.deps.now());
      await work(tx);
    },
    { undoableActionId: actionId },
  );
  return actionId;
}

const FirstContact = z.tuple([z.object({ encrypted: z.string().nullable(), hash: z.string().nullable() })]);

/** The first phone or e-mail address; until the end of the unit of work nobody else changes those of the customer. */
async function lockFirstContact(tx: Transaction, customerId: string, kind: ContactKind) {
  const rows = await tx.$queryRaw`
    SELECT CASE ${kind} WHEN 'phone' THEN phone_encrypted ELSE email_encrypted END AS encrypted,
           CASE ${kind} WHEN 'phone' THEN phone_hash ELSE email_hash END AS hash
    FROM customers WHERE id = ${customerId}::uuid AND deleted_at IS NULL FOR UPDATE`;
  const result = FirstContact.safeParse(rows);
  if (!result.success) throw new NotFound('the customer is gone');
  return result.data[0];
}
