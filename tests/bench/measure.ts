import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './client.js';

/** Between the requests of somebody who reads while other work goes on. */
const breathMillis = 100;

export interface Figures {
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly perSecond: number;
}

/** Sends so many requests, so many at once. @throws Error when one is not answered with 200 or 303. */
export async function measure(
  send: () => Promise<Answer>,
  requests: number,
  concurrency: number,
): Promise<Figures> {
  const millis: number[] = [];
  let left = requests;
  const began = performance.now();
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const answer = await send();
      if (answer.status !== 200 && answer.status !== 303) throw new Error(`answered ${answer.status}`);
      millis.push(answer.millis);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - began) / 1_000;
  millis.sort((one, other) => one - other);
  return { p50: quantile(millis, 0.5), p95: quantile(millis, 0.95), perSecond: requests / seconds };
}

type Timed = Pick<Answer, 'status' | 'millis'>;

/** Sends one request after the other, with a breath between, until the work has ended. */
export async function measureWhile(send: () => Promise<Timed>, work: () => Promise<void>): Promise<Figures> {
  const millis: number[] = [];
  const began = performance.now();
  let isWorking = true;
  const asking = async (): Promise<void> => {
    while (isWorking) {
      millis.push((await send()).millis);
      await delay(breathMillis);
    }
  };
  await Promise.all([
    work().finally(() => {
      isWorking = false;
    }),
    asking(),
  ]);
  const perSecond = millis.length / ((performance.now() - began) / 1_000);
  millis.sort((one, other) => one - other);
  return { p50: quantile(millis, 0.5), p95: quantile(millis, 0.95), perSecond };
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
