import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chooseAssignee,
  type Candidate,
  type RequestToAssign,
} from '../../src/modules/assignment/choose-assignee.js';

const skill = (id: string) => ({ id, name: `Skill ${id}` });
const team = (id: string) => ({ id, name: `Team ${id}` });

const anybody: RequestToAssign = {
  id: 'request',
  team: null,
  skills: [],
  preferred: null,
  branch: null,
  gaveBackIds: [],
};
const candidate = (userId: string, parts: Partial<Candidate> = {}): Candidate => ({
  userId,
  teamIds: [],
  branchIds: [],
  skillIds: [],
  isAtWork: true,
  openCount: 0,
  maximumOpen: 10,
  weight: 100,
  lastAssignedAt: null,
  ...parts,
});

const names = ['a', 'b', 'c'];
const candidates = fc.uniqueArray(
  fc.record({
    userId: fc.constantFrom('p', 'q', 'r', 's', 't', 'u'),
    teamIds: fc.subarray(names),
    branchIds: fc.subarray(names),
    skillIds: fc.subarray(names),
    isAtWork: fc.boolean(),
    openCount: fc.nat(6),
    maximumOpen: fc.nat(6),
    weight: fc.integer({ min: 1, max: 1_000 }),
    lastAssignedAt: fc.option(fc.date({ noInvalidDate: true })),
  }),
  { selector: ({ userId }) => userId },
);
const requests = fc.record({
  id: fc.constant('request'),
  team: fc.option(fc.constantFrom(...names).map(team)),
  branch: fc.option(fc.constantFrom(...names).map((id) => ({ id, name: `Branch ${id}` }))),
  gaveBackIds: fc.subarray(['p', 'q', 'r']),
  skills: fc.subarray(names).map((ids) => ids.map(skill)),
  preferred: fc.option(
    fc.record({
      userId: fc.constantFrom('p', 'q', 'x'),
      because: fc.constantFrom('servedLast' as const, 'owner' as const),
      standsInFor: fc.option(fc.constant('Somebody')),
    }),
  ),
});

const isAble = (request: RequestToAssign, { teamIds, skillIds, ...one }: Candidate): boolean =>
  (request.team === null || teamIds.includes(request.team.id)) &&
  request.skills.every(({ id }) => skillIds.includes(id)) &&
  one.isAtWork &&
  one.openCount < one.maximumOpen;

describe('R2.2 who gets a request', () => {
  test('only somebody at work, in the team, with the skills and with room; and somebody whenever there is one', () => {
    fc.assert(
      fc.property(requests, candidates, (request, all) => {
        const { userId } = chooseAssignee(request, all);
        const able = all.filter((one) => isAble(request, one)).map((one) => one.userId);
        if (able.length === 0) expect(userId).toBeNull();
        else expect(able).toContain(userId);
      }),
    );
  });

  test('there is always a reason, and it is true', () => {
    fc.assert(
      fc.property(requests, candidates, (request, all) => {
        const { userId, reason } = chooseAssignee(request, all);
        const inTeam = all.filter(({ teamIds }) => !request.team || teamIds.includes(request.team.id));
        const skilled = inTeam.filter(({ skillIds }) =>
          request.skills.every(({ id }) => skillIds.includes(id)),
        );
        const atWork = skilled.filter((one) => one.isAtWork);
        const able = atWork.filter((one) => one.openCount < one.maximumOpen);
        const fresh = able.filter((one) => !request.gaveBackIds.includes(one.userId));
        const near = fresh.filter(({ branchIds }) => request.branch && branchIds.includes(request.branch.id));
        const isNear = near.length < fresh.length && near.some((one) => one.userId === userId);
        const truths: Record<string, boolean> = {
          nobodyAtAll: all.length === 0,
          nobodyInTeam: all.length > 0 && inTeam.length === 0,
          nobodyWithSkill: inTeam.length > 0 && skilled.length === 0,
          nobodyOnShift: skilled.length > 0 && atWork.length === 0,
          everybodyFull: atWork.length > 0 && able.length === 0,
          servedLast: request.preferred?.because === 'servedLast' && request.preferred.standsInFor === null,
          owner: request.preferred?.because === 'owner' && request.preferred.standsInFor === null,
          substituteServedLast: request.preferred?.because === 'servedLast',
          substituteOwner: request.preferred?.because === 'owner',
          onlyOne: fresh.length === 1,
          leastLoad: userId !== null && fresh.length > 1,
          longestWithout: userId !== null && fresh.length > 1,
          onlyOneOfBranch: isNear && near.length === 1,
          leastLoadOfBranch: isNear && near.length > 1,
          longestWithoutOfBranch: isNear && near.length > 1,
          nobodyElseThanGaveBack: userId !== null && fresh.length === 0,
        };
        expect(truths[reason.key], reason.key).toBe(true);
      }),
    );
  });

  test('without somebody who knows the customer it is the least loaded by weight', () => {
    fc.assert(
      fc.property(requests, candidates, (request, all) => {
        const anywhere = { ...request, preferred: null, branch: null, gaveBackIds: [] };
        const choice = chooseAssignee(anywhere, all);
        const loadOf = (one: Candidate) => one.openCount / one.weight;
        const able = all.filter((one) => isAble(request, one));
        const chosen = able.find((one) => one.userId === choice.userId);
        if (chosen) expect(loadOf(chosen)).toBe(Math.min(...able.map(loadOf)));
      }),
    );
  });

  test('the order of the candidates does not matter', () => {
    fc.assert(
      fc.property(requests, candidates, (request, all) => {
        expect(chooseAssignee(request, all.toReversed())).toEqual(chooseAssignee(request, all));
      }),
    );
  });
});

describe('R2.2 in words', () => {
  test('who knows the customer comes before who has less to do, as long as they can take it', () => {
    const preferred = { userId: 'knows', because: 'servedLast' as const, standsInFor: null };
    const request = { ...anybody, preferred };
    const busy = candidate('knows', { openCount: 9 });
    expect(chooseAssignee(request, [candidate('idle'), busy])).toEqual({
      userId: 'knows',
      reason: { key: 'servedLast', params: {} },
    });
    expect(chooseAssignee(request, [candidate('idle'), { ...busy, openCount: 10 }]).userId).toBe('idle');
    expect(chooseAssignee(request, [candidate('idle'), { ...busy, isAtWork: false }]).userId).toBe('idle');
  });

  test('a substitute is named as one', () => {
    const preferred = { userId: 'stands in', because: 'owner' as const, standsInFor: '张三' };
    expect(
      chooseAssignee({ ...anybody, preferred }, [candidate('a'), candidate('stands in')]).reason,
    ).toEqual({ key: 'substituteOwner', params: { name: '张三' } });
  });

  test('half a share has half the load; equal loads go to who has waited longest', () => {
    const half = candidate('half', { openCount: 2, weight: 50 });
    const full = candidate('full', { openCount: 3 });
    expect(chooseAssignee(anybody, [half, full])).toEqual({
      userId: 'full',
      reason: { key: 'leastLoad', params: { open: 3, candidates: 2 } },
    });
    const earlier = candidate('z', { lastAssignedAt: new Date('2026-01-01') });
    const later = candidate('a', { lastAssignedAt: new Date('2026-01-02') });
    expect(chooseAssignee(anybody, [later, earlier])).toEqual({
      userId: 'z',
      reason: { key: 'longestWithout', params: { open: 0, candidates: 2 } },
    });
    expect(chooseAssignee(anybody, [candidate('b'), candidate('a')]).userId).toBe('a');
  });

  test('those of the branch come before others with less to do; the reason says so', () => {
    const request = { ...anybody, branch: { id: 'north', name: 'North' } };
    const near = candidate('near', { branchIds: ['north'], openCount: 5 });
    const far = candidate('far', { branchIds: ['south'] });
    expect(chooseAssignee(request, [near, far])).toEqual({
      userId: 'near',
      reason: { key: 'onlyOneOfBranch', params: { branch: 'North' } },
    });
    expect(chooseAssignee(request, [near, { ...near, userId: 'idle', openCount: 1 }, far])).toEqual({
      userId: 'idle',
      reason: { key: 'leastLoadOfBranch', params: { branch: 'North', open: 1, candidates: 2 } },
    });
    expect(chooseAssignee(request, [far, { ...near, isAtWork: false }]).userId).toBe('far');
    expect(chooseAssignee(request, [near]).reason.key).toBe('onlyOne');
  });

  test('who gave it back gets it again only when nobody else can take it; the reason says so', () => {
    const preferred = { userId: 'tired', because: 'owner' as const, standsInFor: null };
    const request = { ...anybody, preferred, gaveBackIds: ['tired'] };
    const other = candidate('other', { openCount: 9 });
    expect(chooseAssignee(request, [candidate('tired'), other])).toEqual({
      userId: 'other',
      reason: { key: 'onlyOne', params: {} },
    });
    expect(chooseAssignee(request, [candidate('tired'), { ...other, openCount: 10 }])).toEqual({
      userId: 'tired',
      reason: { key: 'nobodyElseThanGaveBack', params: {} },
    });
  });

  test('the missing skills are named', () => {
    const request = { ...anybody, skills: [skill('x'), skill('y')] };
    expect(chooseAssignee(request, [candidate('a', { skillIds: ['x'] })]).reason).toEqual({
      key: 'nobodyWithSkill',
      params: { skill: 'Skill x, Skill y' },
    });
  });
});
