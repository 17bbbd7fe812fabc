import { asDate, type DayNumber } from '../days.js';
import { createRandom } from '../random.js';
import type { DemoBranch } from './branches.js';
import { branchRoster, headOffice, type RoleKey, type RosterLine } from './staff-roster.js';

export interface DemoStaffMember {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly role: RoleKey;
  /** Undefined in the head office. */
  readonly branch: DemoBranch | undefined;
  readonly since: DayNumber;
  /** The last day of those who left. */
  readonly until: DayNumber | undefined;
}

/** Everybody who works for the chain. The administrator of the installation keeps the id that they have. */
export function createStaff(
  seed: string,
  today: DayNumber,
  branches: readonly DemoBranch[],
  administratorId: string,
): DemoStaffMember[] {
  const hire = (line: RosterLine, branch: DemoBranch | undefined): DemoStaffMember => {
    const random = createRandom(seed, 'staff', line.username);
    const since = branch?.openedOn ?? branches[0]?.openedOn ?? today;
    return {
      id: line.username === 'admin' ? administratorId : random.uuid(asDate(since)),
      username: line.username,
      name: line.name,
      role: line.role,
      branch,
      since,
      until: line.hasLeft ? today - random.integer(60, 300) : undefined,
    };
  };
  return [
    ...headOffice.map((line) => hire(line, undefined)),
    ...branches.flatMap((branch) => (branchRoster[branch.city] ?? []).map((line) => hire(line, branch))),
  ];
}

/** Those who serve customers of a branch on a day: agents and account staff. */
export const servingStaff = (
  staff: readonly DemoStaffMember[],
  branch: DemoBranch,
  day: DayNumber,
): DemoStaffMember[] =>
  staff.filter(
    (member) =>
      member.branch === branch &&
      (member.role === 'agent' || member.role === 'account') &&
      (member.until === undefined || day <= member.until),
  );
