import { z } from 'zod';
import { sql } from '../../core/sql.js';

export const skillsPath = '/admin/skills';

/** Skills at once, and the longest name in characters. */
export const skillLimits = { skills: 100, name: 40 } as const;

export const Skill = z.object({ id: z.string(), name: z.string(), isArchived: z.boolean() });

/** What somebody must know to be given certain requests. */
export type Skill = z.infer<typeof Skill>;

/** The columns of a skill in a SELECT from `skills`. */
export const skillColumns = sql`skills.id::text, skills.name, skills.archived_at IS NOT NULL AS "isArchived"`;
