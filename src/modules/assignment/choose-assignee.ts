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
  /** Where it is to be worked; null for anywhere. */
  readonly branch: { readonly id: string; readonly name: string } | null;
  /** Who gave it back lately. */
  readonly gaveBackIds: readonly string[];
}

/** Somebody who may work requests and takes automatic assignments. */
export interface Candidate {
  readonly userId: string;
  readonly teamIds: readonly string[];
  /** Those of their teams. */
  readonly branchIds: readonly string[];
  readonly skillIds: readonly string[];
  /** On shift at this minute, and not absent. */
  readonly isAtWork: boolean;
  /** Open requests they have; those that wait for the customer do not count. 0 where they cannot take any just now. */
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
 * Who gets a request: who knows the customer, else of those of its branch, if there are any, the least loaded by weight,
 * else who has waited longest for one, else the first by id. Only somebody at work with the skills, in the team and with
 * room; else the first of these conditions that left nobody. Who gave it back comes after everybody else.
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
  const fresh = left.filter(({ userId }) => !request.gaveBackIds.includes(userId));
  return preferredOf(request, fresh) ?? bestOf(request, fresh) ?? againOf(left) ?? nobody('everybodyFull');
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

/** The reasons say so where the branch made a difference. */
function bestOf({ branch }: RequestToAssign, able: readonly Candidate[]): Choice | undefined {
  const near = branch ? able.filter(({ branchIds }) => branchIds.includes(branch.id)) : able;
  if (!branch || near.length === 0 || near.length === able.length) return leastLoadedOf(able);
  const choice = leastLoadedOf(near);
  return choice && { ...choice, reason: ofBranch(choice.reason, branch.name) };
}

type LoadReason = { key: 'onlyOne' | 'leastLoad' | 'longestWithout'; params: ChoiceReason['params'] };

const ofBranch = ({ key, params }: LoadReason, branch: string): ChoiceReason => ({
  key: `${key}OfBranch`,
  params: { ...params, branch },
});

function leastLoadedOf(able: readonly Candidate[]): { userId: string; reason: LoadReason } | undefined {
  const [first, second] = able.toSorted(byLoadThenWait);
  if (!first) return undefined;
  const { userId, openCount: open } = first;
  if (!second) return { userId, reason: { key: 'onlyOne', params: {} } };
  const key = compareLoad(first, second) < 0 ? 'leastLoad' : 'longestWithout';
  return { userId, reason: { key, params: { open, candidates: able.length } } };
}

/** Back to who gave it back, as nobody else can take it. */
function againOf(able: readonly Candidate[]): Choice | undefined {
  const choice = leastLoadedOf(able);
  return choice && { userId: choice.userId, reason: { key: 'nobodyElseThanGaveBack', params: {} } };
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
