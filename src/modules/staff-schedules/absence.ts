import { z } from 'zod';

/** Why somebody is absent; stored, and said in the viewer's language. */
export const absenceReasons = ['holiday', 'sick', 'training', 'other'] as const;

/** Days of one absence at most, and absences that a person's page shows. */
export const absenceLimits = { days: 730, shown: 50 } as const;

/** What can become of the requests of somebody who is absent. */
export const passingChoices = ['leave', 'substitute', 'queue'] as const;

export const Absence = z.object({
  id: z.string(),
  userId: z.string(),
  /** Days `yyyy-mm-dd`; both belong to it. */
  fromDay: z.string(),
  toDay: z.string(),
  reason: z.enum(absenceReasons),
  substituteId: z.string().nullable(),
  substituteName: z.string().nullable(),
  /** Whether the substitute is absent on one of its days too. */
  isSubstituteAbsent: z.boolean(),
  version: z.number(),
});

/** Days on which somebody is not there, and who stands in. */
export type Absence = z.infer<typeof Absence>;

export const absencesPath = '/admin/staff-absences';

export const absencePath = (id: string): string => `${absencesPath}/${id}`;

export const coversDay = ({ fromDay, toDay }: Pick<Absence, 'fromDay' | 'toDay'>, day: string): boolean =>
  fromDay <= day && day <= toDay;
