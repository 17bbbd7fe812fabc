import { z } from 'zod';

/** How the rules of a group go together: every one holds, at least one, or not a single one. */
export const ruleMatches = ['all', 'any', 'none'] as const;
export type RuleMatch = (typeof ruleMatches)[number];

/** Segments at once, groups within groups, conditions of one segment, and the longest values; days reach ten years. */
export const segmentLimits = {
  segments: 200,
  depth: 3,
  conditions: 30,
  name: 60,
  description: 500,
  text: 100,
  choices: 50,
  days: 3_650,
} as const;

/** One thing asked of a customer: a field of the catalogue, one of its operators, and what the operator compares with. */
export interface SegmentCondition {
  readonly field: string;
  readonly operator: string;
  readonly values: readonly string[];
}

export interface SegmentGroup {
  readonly match: RuleMatch;
  readonly rules: readonly SegmentRule[];
}

export type SegmentRule = SegmentGroup | SegmentCondition;

export const isGroup = (rule: SegmentRule): rule is SegmentGroup => 'rules' in rule;

const Condition = z.object({
  field: z.string().max(60),
  operator: z.string().max(60),
  values: z.array(z.string().max(200)).max(segmentLimits.choices),
});

const Group: z.ZodType<SegmentGroup> = z.lazy(() =>
  z.object({ match: z.enum(ruleMatches), rules: z.array(z.union([Group, Condition])) }),
);

/** The rules of a segment, or of a form that is not finished: groups may be empty, fields and operators unknown. */
export const RuleTree = Group.refine(
  (root) => depthOf(root) <= segmentLimits.depth,
  'segments.tooDeep',
).refine((root) => conditionsOf(root).length <= segmentLimits.conditions, 'segments.tooManyConditions');

/** The conditions of a tree, in the order in which they are read. */
export const conditionsOf = (group: SegmentGroup): SegmentCondition[] =>
  group.rules.flatMap((rule) => (isGroup(rule) ? conditionsOf(rule) : [rule]));

/** 1 for a group without groups. */
export const depthOf = (group: SegmentGroup): number =>
  1 + Math.max(0, ...group.rules.filter(isGroup).map(depthOf));
