import { expect, test } from 'vitest';
import { chooseAssignee } from '../../src/modules/assignment/choose-assignee.js';
import { refusalReasons } from '../../src/modules/assignment/assignment-reason.js';
import { simulate, type Policy, type Worker } from './simulate.js';
import { createRequests, createStaff, type SimulatedRequest } from './year.js';

const seed = 'a year of requests';
const requestCount = 60_000;

/** The product's own choice; each one is checked as it is made. */
const ours: Policy = {
  returnsRequestsOfAbsent: true,
  choose(request, workers, step) {
    const candidates = workers.map(({ staff, tasks, lastAssignedAt }) => ({
      userId: staff.userId,
      teamIds: [],
      branchIds: [],
      skillIds: staff.skillIds,
      isAtWork: staff.isAtWork[step] === 1,
      openCount: tasks.length,
      maximumOpen: staff.maximumOpen,
      weight: staff.weight,
      lastAssignedAt,
    }));
    const choice = chooseAssignee(request, candidates);
    const chosen = candidates.find(({ userId }) => userId === choice.userId);
    if (chosen && chosen.openCount >= chosen.maximumOpen) throw new Error(`${chosen.userId} is full`);
    if (chosen && !chosen.isAtWork) throw new Error(`${chosen.userId} is not at work`);
    if (!chosen && !refusalReasons.some((key) => key === choice.reason.key)) throw new Error('no reason');
    return choice;
  },
};

/** The next in the list of those who `isOffered` gets it, whatever they have; it waits for them. */
function roundRobin(isOffered: (worker: Worker, request: SimulatedRequest, step: number) => boolean): Policy {
  let turn = 0;
  return {
    returnsRequestsOfAbsent: false,
    choose(request, workers, step) {
      const offered = workers.filter((worker) => isOffered(worker, request, step));
      const userId = offered[(turn += 1) % offered.length]?.staff.userId;
      return userId === undefined
        ? { userId: null, reason: { key: 'nobodyOnShift', params: {} } }
        : { userId, reason: { key: 'leastLoad', params: {} } };
    },
  };
}

const plain = roundRobin(() => true);
const careful = roundRobin(
  ({ staff }, { skills }, step) =>
    staff.isAtWork[step] === 1 && skills.every(({ id }) => staff.skillIds.includes(id)),
);

test('R2.2 a year of requests: nobody above their capacity, and fewer deadlines missed than round robin', () => {
  const staff = createStaff(seed);
  const requests = createRequests(seed, requestCount);
  const own = simulate(staff, requests, ours);
  const other = simulate(staff, requests, plain);
  const better = simulate(staff, requests, careful);
  const share = ({ missed }: { missed: number }) => `${((missed / requestCount) * 100).toFixed(2)} %`;
  console.log(
    [
      `${requestCount} requests, ${staff.length} people`,
      `ours: ${own.missed} deadlines missed (${share(own)}), highest load ${own.highestLoad}`,
      `round robin: ${other.missed} deadlines missed (${share(other)}), highest load ${other.highestLoad}`,
      `round robin by shift and skill: ${better.missed} missed (${share(better)}), highest load ${better.highestLoad}`,
      `waited because: ${[...own.unassigned].map(([key, count]) => `${key} ${count}`).join(', ')}`,
    ].join('\n'),
  );
  expect(own.highestLoad).toBeLessThanOrEqual(10);
  expect(own.missed).toBeLessThan(other.missed);
  expect(own.missed).toBeLessThan(better.missed);
});
