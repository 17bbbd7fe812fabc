import { v7 as newId } from 'uuid';
import { EditedMeanwhile } from '../../core/conflict.js';
import type { ViewerContext } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { InvalidInput } from '../../core/errors.js';
import { unitOfWork } from '../../core/unit-of-work.js';
import { refusingTakenNames } from '../admin/taken-names.js';
import { lockTable } from '../service-settings/setting-upkeep.service.js';
import { problemsAfter } from './lifecycle-check.js';
import { requestStateLimits, requiredFields } from './request-state.js';
import { findRequestState, readLifecycle } from './request-states.queries.js';
import type { NewRequestState, RequestStateChange, StepsForm } from './request-states.schemas.js';
import { fingerprintOf, stepsFrom } from './steps.js';

/**
 * Creates a state, after all others; steps to it and from it come afterwards. Sent twice, the same form creates once.
 * @throws InvalidInput when the name is taken, whatever its case, or there are too many.
 */
export async function createRequestState(context: ViewerContext, form: NewRequestState): Promise<void> {
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'request-states.created', async (tx) => {
      await lockTable(tx, 'request_states');
      const others = await tx.requestState.findMany({ select: { id: true, position: true } });
      if (others.some(({ id }) => id === form.id)) return;
      if (others.length >= requestStateLimits.states)
        throw InvalidInput.field('name', 'serviceSettings.tooMany', { maximum: requestStateLimits.states });
      await refuseTaken(tx, form.id, form.name);
      const position = Math.max(-1, ...others.map((other) => other.position)) + 1;
      await tx.requestState.create({ data: { ...form, position }, select: { id: true } });
    }),
  );
}

/**
 * Changes a state; the one in which requests begin gives that up to another one.
 * @throws NotFound, EditedMeanwhile, InvalidInput when the name is taken, the category cannot change or does not fit, or
 * the lifecycle would no longer hold together.
 */
export async function changeRequestState(
  context: ViewerContext,
  id: string,
  { version, isInitial, category, ...fields }: RequestStateChange,
): Promise<void> {
  await refusingTakenNames('name', 'admin.nameTaken', () =>
    unitOfWork(context, 'request-states.changed', async (tx) => {
      await lockTable(tx, 'request_states');
      await tx.$executeRaw`SELECT FROM request_states WHERE id = ${id}::uuid FOR UPDATE`;
      const state = await findRequestState(tx, id);
      if (state.version !== version) throw new EditedMeanwhile();
      await refuseTaken(tx, id, fields.name);
      const wanted = category ?? state.category;
      const begins = isInitial || state.isInitial;
      if (wanted !== state.category && state.isUsed)
        throw InvalidInput.field('category', 'requestStates.categoryUsed');
      if (begins && wanted !== 'open') throw InvalidInput.field('category', 'requestStates.initialNotOpen');
      if (begins && state.isArchived) throw InvalidInput.field('isInitial', 'requestStates.initialArchived');
      const change = async (): Promise<void> => {
        if (isInitial && !state.isInitial)
          await tx.requestState.updateMany({ where: { isInitial: true }, data: { isInitial: false } });
        const data = { ...fields, category: wanted, isInitial: begins };
        await tx.requestState.updateMany({ where: { id }, data });
      };
      const problems = await problemsAfter(tx, context.t, change, state.isUsed ? undefined : id);
      if (problems.length > 0) throw new InvalidInput(problems);
    }),
  );
}

/**
 * Saves the steps from one state to those in use; steps to others stay.
 * @throws NotFound, EditedMeanwhile when they are no longer what the form showed, InvalidInput when it names a state that
 * is not in use, or the lifecycle would no longer hold together.
 */
export async function changeSteps(context: ViewerContext, id: string, form: StepsForm): Promise<void> {
  await unitOfWork(context, 'request-states.steps-changed', async (tx) => {
    await lockTable(tx, 'request_states');
    await findRequestState(tx, id);
    const steps = stepsFrom(await readLifecycle(tx), id);
    if (fingerprintOf(steps) !== form.seen) throw new EditedMeanwhile();
    const offered = new Set(steps.map(({ state }) => state.id));
    const isStrange = [form.permission, form.required].some((sent) =>
      Object.keys(sent).some((target) => !offered.has(target)),
    );
    if (isStrange) throw InvalidInput.field('', 'errors.notAChoice');
    const problems = await problemsAfter(tx, context.t, async () => {
      for (const { state, transition } of steps) {
        const permission = form.permission[state.id] ?? '';
        const asked = form.required[state.id] ?? [];
        const fields = requiredFields.filter((field) => asked.includes(field));
        const ends = { fromStateId: id, toStateId: state.id };
        const isSame =
          transition?.permission === permission && transition.requiredFields.join() === fields.join();
        if (permission === '') {
          if (transition) await tx.requestTransition.deleteMany({ where: ends });
        } else if (!transition) {
          const data = { id: newId(), ...ends, permission, requiredFields: fields };
          await tx.requestTransition.create({ data, select: { id: true } });
        } else if (!isSame) {
          await tx.requestTransition.updateMany({
            where: ends,
            data: { permission, requiredFields: fields },
          });
        }
      }
    });
    if (problems.length > 0) throw new InvalidInput(problems);
  });
}

async function refuseTaken(tx: Transaction, id: string, name: string): Promise<void> {
  const where = { name: { equals: name, mode: 'insensitive' }, id: { not: id } } as const;
  if ((await tx.requestState.count({ where })) > 0) throw InvalidInput.field('name', 'admin.nameTaken');
}
