import { z } from 'zod';
import { optionalText, requiredText, rowVersion, uuid } from '../../core/fields.js';
import { listParameters } from '../../core/lists/list.js';
import { draftEdits } from './edit-draft.js';
import { gatherRules } from './rule-drafts.js';
import { RuleTree, segmentLimits } from './rules.js';

/** Filled again every night and on demand, or once and for all. */
export const segmentKinds = ['dynamic', 'static'] as const;
export type SegmentKind = (typeof segmentKinds)[number];

const fields = {
  name: requiredText(segmentLimits.name),
  description: optionalText(segmentLimits.description),
  rules: RuleTree,
};

/** The form for a new segment. `id` is made with the form: sent twice, it creates once. */
export const NewSegmentForm = z.preprocess(
  gatherRules,
  z.strictObject({ id: uuid, kind: z.enum(segmentKinds), ...fields }),
);

export const SegmentForm = z.preprocess(gatherRules, z.strictObject({ version: rowVersion, ...fields }));

const DraftEditText = z
  .templateLiteral([z.enum(draftEdits), ':', z.string().regex(/^0(-\d{1,2}){0,3}$/)])
  .transform((text) => {
    const [kind = '', path = ''] = text.split(':');
    return { kind: z.enum(draftEdits).parse(kind), path };
  });

/** Either form while it is being filled in: nothing needs to be finished. */
export const SegmentDraftForm = z.preprocess(
  gatherRules,
  z.strictObject({
    edit: DraftEditText,
    id: uuid.optional(),
    version: rowVersion.optional(),
    kind: z.enum(segmentKinds).optional(),
    name: z.string().max(1_000),
    description: z.string().max(2_000),
    rules: RuleTree,
  }),
);

export const SegmentDeletionForm = z.strictObject({ version: rowVersion });
export const SegmentRefreshForm = z.strictObject({});

export type NewSegment = z.output<typeof NewSegmentForm>;
export type SegmentChange = z.output<typeof SegmentForm>;
export type SegmentDraft = z.output<typeof SegmentDraftForm>;

export const SegmentListQuery = z.strictObject(listParameters(['name']));
export type SegmentListQuery = z.output<typeof SegmentListQuery>;

export const SegmentParams = z.strictObject({ id: uuid });
export const MembershipParams = z.strictObject({ id: uuid, customerId: uuid });
