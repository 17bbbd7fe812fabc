import type { Choice } from '../../src/modules/assignment/choose-assignee.js';
import { stepCount, stepMillis, yearStart, type SimulatedRequest, type SimulatedStaff } from './year.js';

export interface Task {
  readonly request: SimulatedRequest;
  left: number;
}

export interface Worker {
  readonly staff: SimulatedStaff;
  /** The earliest due first: that is what they work on. */
  readonly tasks: Task[];
  lastAssignedAt: Date | null;
}

/** How requests that nobody has are given out; called whenever one came or somebody may have room. */
export interface Policy {
  choose(request: SimulatedRequest, workers: readonly Worker[], step: number): Choice;
  /** Whether somebody who is absent gives back what they have not done. */
  readonly returnsRequestsOfAbsent: boolean;
}

export interface Result {
  readonly missed: number;
  readonly highestLoad: number;
  readonly unassigned: ReadonlyMap<string, number>;
}

const stepsPerDay = 86_400_000 / stepMillis;
const byDue = (left: Task, right: Task): number => left.request.dueAt - right.request.dueAt;

/** Runs the year: everybody at work does five minutes of their most urgent request in each step. */
export function simulate(
  staff: readonly SimulatedStaff[],
  requests: readonly SimulatedRequest[],
  policy: Policy,
): Result {
  const workers: Worker[] = staff.map((one) => ({ staff: one, tasks: [], lastAssignedAt: null }));
  let waiting: Task[] = [];
  let next = 0;
  let missed = 0;
  let highestLoad = 0;
  const unassigned = new Map<string, number>();

  const assign = (task: Task, step: number): boolean => {
    const { userId, reason } = policy.choose(task.request, workers, step);
    const worker = workers.find((one) => one.staff.userId === userId);
    if (!worker) {
      unassigned.set(reason.key, (unassigned.get(reason.key) ?? 0) + 1);
      return false;
    }
    worker.tasks.push(task);
    worker.tasks.sort(byDue);
    worker.lastAssignedAt = new Date(yearStart + step * stepMillis);
    highestLoad = Math.max(highestLoad, worker.tasks.length);
    return true;
  };

  for (let step = 0; step < stepCount; step += 1) {
    let isNews = false;
    for (let request = requests[next]; request?.step === step; request = requests[(next += 1)]) {
      waiting.push({ request, left: request.work });
      isNews = true;
    }
    for (const worker of workers) {
      const { isAtWork, absentDays } = worker.staff;
      if (policy.returnsRequestsOfAbsent && absentDays.has(step / stepsPerDay))
        waiting.push(...worker.tasks.splice(0));
      if (isAtWork[step] !== isAtWork[step - 1]) isNews = true;
      const task = isAtWork[step] === 1 ? worker.tasks[0] : undefined;
      if (!task) continue;
      task.left -= 1;
      if (task.left > 0) continue;
      worker.tasks.shift();
      isNews = true;
      if (yearStart + (step + 1) * stepMillis > task.request.dueAt) missed += 1;
    }
    if (isNews && waiting.length > 0) waiting = waiting.sort(byDue).filter((task) => !assign(task, step));
  }
  const unfinished = waiting.length + workers.reduce((sum, { tasks }) => sum + tasks.length, 0);
  return { missed: missed + unfinished, highestLoad, unassigned };
}
