import { z } from 'zod';
import { checkbox, listOf, optionalFilter, optionalUuid, uuid } from '../../core/fields.js';
import { gatherFields } from '../../core/gather-fields.js';
import { handoverSplits, withoutKey, type HandoverPlan } from './handover-plan.js';

/** The first step of the wizard, then the second one. */
export const HandoverQuery = z.strictObject({
  from: optionalFilter(uuid),
  split: optionalFilter(z.enum(handoverSplits)),
});

const prefix = 'receiver-';

export const receiverFieldName = (key: string): `receiver-${string}` => `${prefix}${key}`;

/** `id` is made with the form: sent twice, it runs once. `isPreviewed` says that its numbers were seen. */
export const HandoverForm = z.preprocess(
  gatherFields({ receiverByKey: prefix }),
  z.strictObject({
    id: uuid,
    from: uuid,
    split: z.enum(handoverSplits),
    receiver: optionalUuid,
    receivers: listOf(uuid, 100),
    receiverByKey: z.record(z.union([uuid, z.literal(withoutKey)]), optionalUuid),
    withFollowUps: checkbox,
    withCollaborations: checkbox,
    isPreviewed: checkbox,
  }),
);

export type HandoverForm = z.output<typeof HandoverForm>;

export const HandoverParams = z.strictObject({ id: uuid });

/** The plan that a form asks for; its receivers are not checked yet. */
export function planOf(form: HandoverForm): HandoverPlan {
  const { from, split, receiver, receivers, withFollowUps, withCollaborations } = form;
  const chosen = Object.entries(form.receiverByKey).flatMap(([key, id]) => (id ? [[key, id] as const] : []));
  const byKey = split === 'branch' || split === 'tier' ? Object.fromEntries(chosen) : {};
  const several =
    split === 'evenly' ? receivers : split === 'one' && receiver ? [receiver] : Object.values(byKey);
  return {
    fromId: from,
    split,
    receiverIds: [...new Set(several)],
    receiverByKey: byKey,
    withFollowUps,
    withCollaborations,
  };
}
