import type { Transaction } from '../../../core/database.js';
import type { DemoStaffMember } from '../company/staff.js';
import { asDate, type DayNumber } from '../days.js';
import type { DemoPart } from '../demo-part.js';
import { insertRows } from '../insert-rows.js';
import { createRandom, type Random } from '../random.js';

const skillNames = ['染发烫发', '宠物洗护', '汽车养护', '投诉处理'];

const early = [
  { from_minute: 540, to_minute: 780 },
  { from_minute: 840, to_minute: 1_080 },
];
const late = [
  { from_minute: 780, to_minute: 1_020 },
  { from_minute: 1_080, to_minute: 1_320 },
];

/** Absences by where they begin, in days from today, how long they last, and why. */
const absences = [
  { begins: -1, days: 4, reason: 'sick' },
  { begins: 6, days: 5, reason: 'holiday' },
  { begins: -40, days: 7, reason: 'holiday' },
  { begins: 12, days: 2, reason: 'training' },
];

/** Hours, capacities and skills of those who serve customers, and a few absences with substitutes. */
export const staffSchedulesPart: DemoPart = {
  name: 'staff-schedules',
  async fill({ tx }, { seed, today, staff }) {
    const random = createRandom(seed, 'staff-schedules');
    const serving = staff.filter(
      ({ role, until }) => (role === 'agent' || role === 'account') && until === undefined,
    );
    await insertRows(tx, 'staff_capacities', serving.map(capacityOf));
    await insertRows(
      tx,
      'staff_shifts',
      serving.flatMap((member, index) => shiftsOf(random, today, member, index)),
    );
    await addSkills(tx, random, today, serving);
    await addAbsences(tx, random, today, serving);
  },
};

/** Every fifth works half a day's share. */
const capacityOf = ({ id }: DemoStaffMember, index: number) =>
  index % 5 === 4
    ? { id, maximum_open: 8, weight: 50, takes_automatic: true }
    : { id, maximum_open: 15, weight: 100, takes_automatic: true };

/** Five days a week, early and late by turns; the two free days move through the staff. */
function shiftsOf(random: Random, today: DayNumber, { id }: DemoStaffMember, index: number) {
  const hours = index % 2 === 0 ? early : late;
  return [0, 1, 2, 3, 4]
    .map((day) => ((day + index) % 7) + 1)
    .flatMap((weekday) =>
      hours.map((window) => ({ id: random.uuid(asDate(today)), user_id: id, weekday, ...window })),
    );
}

async function addSkills(
  tx: Transaction,
  random: Random,
  today: DayNumber,
  serving: readonly DemoStaffMember[],
): Promise<void> {
  const skills = skillNames.map((name) => ({ id: random.uuid(asDate(today)), name }));
  await tx.skill.createMany({ data: skills, skipDuplicates: true });
  const stored = await tx.skill.findMany({ where: { name: { in: skillNames } }, orderBy: { name: 'asc' } });
  const rows = serving.flatMap(({ id: userId }) =>
    stored
      .filter(() => random.chance(0.4))
      .map(({ id: skillId }) => ({ id: random.uuid(asDate(today)), userId, skillId })),
  );
  await tx.staffSkill.createMany({ data: rows, skipDuplicates: true });
}

async function addAbsences(
  tx: Transaction,
  random: Random,
  today: DayNumber,
  serving: readonly DemoStaffMember[],
): Promise<void> {
  const rows = absences.flatMap(({ begins, days, reason }, index) => {
    const member = serving[index * 3];
    const substitute = serving.find(({ id, branch }) => branch === member?.branch && id !== member?.id);
    if (!member) return [];
    const fromDay = asDate(today + begins);
    const toDay = asDate(today + begins + days - 1);
    const id = random.uuid(asDate(today));
    return [{ id, userId: member.id, fromDay, toDay, reason, substituteId: substitute?.id ?? null }];
  });
  await tx.staffAbsence.createMany({ data: rows });
}
