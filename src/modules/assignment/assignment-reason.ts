import { z } from 'zod';

/** Why somebody got a request. A key, once written, lives for ever; its sentence is `assignment.reason.<key>`. */
export const choiceReasons = [
  'servedLast',
  'owner',
  'substituteServedLast',
  'substituteOwner',
  'onlyOne',
  'leastLoad',
  'longestWithout',
  'onlyOneOfBranch',
  'leastLoadOfBranch',
  'longestWithoutOfBranch',
  'nobodyElseThanGaveBack',
  'substituteForAbsence',
] as const;

/** Why nobody could take a request, in the order in which it is asked. */
export const refusalReasons = [
  'nobodyAtAll',
  'nobodyInTeam',
  'nobodyWithSkill',
  'nobodyOnShift',
  'everybodyFull',
] as const;

const params = z.record(z.string(), z.union([z.string(), z.number()])).default({});

export const ChoiceReason = z.object({ key: z.enum(choiceReasons), params });
export const RefusalReason = z.object({ key: z.enum(refusalReasons), params });

export type ChoiceReason = z.infer<typeof ChoiceReason>;
export type RefusalReason = z.infer<typeof RefusalReason>;
