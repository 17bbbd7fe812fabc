import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { AssignmentOutcome } from '../../src/modules/assignment/assign-requests.js';
import { assignRequests } from '../../src/modules/assignment/assign-requests.js';
import { createCustomer } from '../support/factories/customer.js';
import { factoryActor } from '../support/factories/sequence.js';
import { createStaffSchedule } from '../support/factories/staff-schedule.js';
import { createUser } from '../support/factories/user.js';
import type { TestProduct } from '../support/product.js';

export interface RequestsOptions {
  readonly count?: number;
  /** Of a customer of their own unless told. */
  readonly customerId?: string;
  readonly typeId?: string;
  readonly categoryId?: string;
  readonly teamId?: string;
  readonly assigneeId?: string;
  /** Key of a shipped state; new unless told. */
  readonly state?: 'new' | 'inProgress' | 'waiting' | 'closed';
  readonly dueAt?: Date;
}

let numbered = 0;

/** Requests for assignment alone: many in one statement; returns their ids. */
export async function createRequests(
  { deps }: TestProduct,
  { count = 1, state = 'new', ...options }: RequestsOptions = {},
): Promise<string[]> {
  const customerId = options.customerId ?? (await createCustomer(deps)).id;
  const rows = Array.from({ length: count }, () => ({
    id: newId(),
    request_no: `SR-2026-9${String((numbered += 1)).padStart(5, '0')}`,
    customer_id: customerId,
    category_id: options.categoryId ?? null,
    team_id: options.teamId ?? null,
    assignee_id: options.assigneeId ?? null,
    next_due_at: options.dueAt ?? null,
  }));
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    const type = await tx.requestType.findFirstOrThrow({
      where: options.typeId === undefined ? { shippedKey: 'consultation' } : { id: options.typeId },
    });
    const found = await tx.requestState.findFirstOrThrow({ where: { shippedKey: state } });
    await tx.$executeRaw`
      INSERT INTO service_requests (id, request_no, customer_id, category_id, team_id, assignee_id, next_due_at, type_id,
        state_id, state_category, channel, subject, received_at, closed_at)
      SELECT id, request_no, customer_id, category_id, team_id, assignee_id, next_due_at, ${type.id}::uuid,
        ${found.id}::uuid, ${found.category}, 'phone', 'A question', now(),
        CASE WHEN ${found.category} = 'done' THEN now() END
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS made(id uuid, request_no text, customer_id uuid,
        category_id uuid, team_id uuid, assignee_id uuid, next_due_at timestamptz)`;
  });
  return rows.map(({ id }) => id);
}

/** A type that needs a skill, with a category that needs another; returns their ids. */
export async function createSkilledKind(
  { deps }: TestProduct,
  skills: { readonly typeSkillId?: string; readonly categorySkillId?: string },
): Promise<{ typeId: string; categoryId: string; childId: string }> {
  const ids = { typeId: newId(), categoryId: newId(), childId: newId() };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.requestType.create({
      data: { id: ids.typeId, name: `Type ${ids.typeId}`, skillId: skills.typeSkillId ?? null },
    });
    const category = { typeId: ids.typeId, name: `Category ${ids.categoryId}` };
    await tx.requestCategory.create({
      data: { id: ids.categoryId, ...category, skillId: skills.categorySkillId ?? null },
    });
    await tx.requestCategory.create({
      data: { id: ids.childId, parentId: ids.categoryId, typeId: ids.typeId, name: 'Child' },
    });
  });
  return ids;
}

/** Members of staff around the clock, who can have so many open requests; returns their ids. */
export async function createStaff(
  { deps }: TestProduct,
  options: {
    readonly maximumOpen?: number;
    readonly teamIds?: readonly string[];
    readonly name?: string;
  } = {},
): Promise<string> {
  const { maximumOpen = 10, ...user } = options;
  const { id } = await createUser(deps, { role: 'agent', ...user });
  await createStaffSchedule(deps, { userId: id, maximumOpen });
  return id;
}

/** Nobody is given anything any more, and nothing waits. */
export async function startAfresh({ deps }: TestProduct): Promise<void> {
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.staffCapacity.updateMany({ data: { takesAutomatic: false } });
    await tx.serviceRequest.updateMany({ where: { assigneeId: null }, data: { deletedAt: new Date() } });
  });
}

export const assign = (
  { deps }: TestProduct,
  ids: readonly string[] | 'waiting',
  now = deps.now(),
): Promise<AssignmentOutcome[]> =>
  unitOfWork({ deps, actor: factoryActor }, 'service-requests.assigned', (tx) =>
    assignRequests(tx, ids, now),
  );

const RequestState = z.object({
  assignee_id: z.string().nullable(),
  unassigned_reason: z.object({ key: z.string() }).loose().nullable(),
  version: z.number(),
  history: z.array(z.string()),
});

/** What is stored about the assignment of a request. */
export async function storedRequest(product: TestProduct, id: string) {
  const [row] = await product.query(
    RequestState,
    `SELECT assignee_id, unassigned_reason, version,
            ARRAY(SELECT way FROM request_assignments WHERE request_id = service_requests.id ORDER BY id) AS history
     FROM service_requests WHERE id = $1`,
    [id],
  );
  if (!row) throw new Error(`no request ${id}`);
  return row;
}
