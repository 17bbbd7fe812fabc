import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { listPage, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { sql } from '../../core/sql.js';
import { containsText } from '../admin/filters.js';
import { Person } from '../admin/people.queries.js';
import { Skill, skillColumns } from './skill.js';
import type { SkillListQuery } from './skills.schemas.js';

export const defaultSkillOrder: ListOrder<'name'> = { name: 'name', descending: false };

const counts = sql`
  (SELECT count(*)::integer FROM staff_skills WHERE skill_id = skills.id) AS "staffCount",
  (SELECT count(*)::integer FROM request_types WHERE skill_id = skills.id) AS "typeCount",
  (SELECT count(*)::integer FROM request_categories WHERE skill_id = skills.id) AS "categoryCount"`;

const Counted = Skill.extend({
  staffCount: z.number(),
  typeCount: z.number(),
  categoryCount: z.number(),
});

const SkillRow = Counted.omit({ id: true });
export type SkillRow = z.infer<typeof SkillRow>;

/** One page of the skills. */
export function listSkills({ deps }: ViewerContext, query: SkillListQuery): Promise<ListResult<SkillRow>> {
  return listPage(deps.database, {
    select: sql`${skillColumns}, ${counts}`,
    from: sql`skills`,
    id: sql`skills.id`,
    where: query.q ? [containsText(sql`skills.name`, query.q)] : [],
    sort: { expression: sql`skills.name`, type: 'text' },
    descending: query.sort?.descending ?? false,
    cursor: query.after,
    row: SkillRow,
  });
}

const SkillRecord = Counted.extend({ version: z.number() });

/** A skill with how often it is held and needed. */
export type SkillRecord = z.infer<typeof SkillRecord>;

/** @throws NotFound */
export async function findSkill({ deps }: ViewerContext, id: string): Promise<SkillRecord> {
  const [skill] = await deps.database.rows(
    sql`SELECT ${skillColumns}, version, ${counts} FROM skills WHERE id = ${id}::uuid`,
    SkillRecord,
  );
  if (!skill) throw new NotFound('no such skill');
  return skill;
}

/** Nobody, no type and no category has it. */
export const isUnused = ({ staffCount, typeCount, categoryCount }: SkillRecord): boolean =>
  staffCount + typeCount + categoryCount === 0;

/** Every skill by name, those in use first; they are few. */
export const readSkills = ({ deps }: ViewerContext): Promise<Skill[]> =>
  deps.database.rows(sql`SELECT ${skillColumns} FROM skills ORDER BY "isArchived", skills.name`, Skill);

/** Who has a skill, by name. At most 200. */
export const listHolders = ({ deps }: ViewerContext, id: string): Promise<Person[]> =>
  deps.database.rows(
    sql`SELECT users.id::text, users.name, users.username FROM staff_skills
        JOIN users ON users.id = staff_skills.user_id
        WHERE staff_skills.skill_id = ${id}::uuid ORDER BY users.name, users.username LIMIT 200`,
    Person,
  );
