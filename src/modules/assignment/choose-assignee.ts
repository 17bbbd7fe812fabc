import type { ChoiceReason, RefusalReason } from './assignment-reason.js';

/** Who would best take a request, because they know the customer. */
export interface PreferredStaff {
  readonly userId: string;
  readonly because: 'servedLast' | 'owner';
  /** Name of the person they stand in for; null when they are that person. */
  readonly standsInFor: string | null;
}

export interface RequestToAssign {
  readonly id: string;
  /** The team that works it; null for any. */
  readonly team: { readonly id: string; readonly name: string } | null;
  /** All of them are needed. */
  readonly skills: readonly { readonly id: string; readonly name: string }[];
  readonly preferred: PreferredStaff | null;
}

/** Somebody who may work requests and takes automatic assignments. */
export interface Candidate {
  readonly userId: string;
  readonly teamIds: readonly string[];
  readonly skillIds: readonly string[];
  /** On shift at this minute, and not absent. */
  readonly isAtWork: boolean;
  /** Open requests they have; those that wait for the customer do not count. */
  readonly openCount: number;
  readonly maximumOpen: number;
  /** Share of the work, 1 to 1000; 100 is a full one. */
  readonly weight: number;
  readonly lastAssignedAt: Date | null;
}

export type Choice =
  | { readonly userId: string; readonly reason: ChoiceReason }
  | { readonly userId: null; readonly reason: RefusalReason };

/**
 * Who gets a request: who knows the customer, else the least loaded by weight, else who has waited longest for one, else
 * the first by id. Only somebody at work with the skills, in the team and with room; else the first of these conditions
 * that left nobody.
 */
export function chooseAssignee(request: RequestToAssign, candidates: readonly Candidate[]): Choice {
  let left = candidates;
  if (left.length === 0) return nobody('nobodyAtAll');

  const { team, skills } = request;
  if (team) left = left.filter(({ teamIds }) => teamIds.includes(team.id));
  if (left.length === 0) return nobody('nobodyInTeam', { team: team?.name ?? '' });

  left = left.filter(({ skillIds }) => skills.every(({ id }) => skillIds.includes(id)));
  if (left.length === 0)
    return nobody('nobodyWithSkill', { skill: skills.map(({ name }) => name).join(', ') });

  left = left.filter(({ isAtWork }) => isAtWork);
  if (left.length === 0) return nobody('nobodyOnShift');

  left = left.filter(({ openCount, maximumOpen }) => openCount < maximumOpen);
  return preferredOf(request, left) ?? leastLoadedOf(left) ?? nobody('everybodyFull');
}

const nobody = (key: RefusalReason['key'], params: RefusalReason['params'] = {}): Choice => ({
  userId: null,
  reason: { key, params },
});

function preferredOf({ preferred }: RequestToAssign, able: readonly Candidate[]): Choice | undefined {
  if (!preferred || !able.some(({ userId }) => userId === preferred.userId)) return undefined;
  const { userId, because, standsInFor } = preferred;
  if (standsInFor === null) return { userId, reason: { key: because, params: {} } };
  const key = because === 'owner' ? 'substituteOwner' : 'substituteServedLast';
  return { userId, reason: { key, params: { name: standsInFor } } };
}

function leastLoadedOf(able: readonly Candidate[]): Choice | undefined {
  const [first, second] = able.toSorted(byLoadThenWait);
  if (!first) return undefined;
  const { userId, openCount: open } = first;
  if (!second) return { userId, reason: { key: 'onlyOne', params: {} } };
  const key = compareLoad(first, second) < 0 ? 'leastLoad' : 'longestWithout';
  return { userId, reason: { key, params: { open, candidates: able.length } } };
}

/** Compared by cross-multiplication, so that equal shares are equal. */
const compareLoad = (left: Candidate, right: Candidate): number =>
  left.openCount * right.weight - right.openCount * left.weight;

function byLoadThenWait(left: Candidate, right: Candidate): number {
  return (
    compareLoad(left, right) ||
    (left.lastAssignedAt?.getTime() ?? 0) - (right.lastAssignedAt?.getTime() ?? 0) ||
    (left.userId < right.userId ? -1 : 1)
  );
}
