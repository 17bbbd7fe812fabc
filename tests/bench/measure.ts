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

interface Sample {
  /** Of each request. */
  readonly millis: number[];
  /** Of all together. */
  seconds: number;
}

function figuresOf({ millis, seconds }: Sample): Figures {
  const sorted = millis.toSorted((one, other) => one - other);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), perSecond: millis.length / seconds };
}

/** Sends so many requests, so many at once. @throws Error when one is not answered with 200 or 303. */
export const measure = async (
  send: () => Promise<Answer>,
  requests: number,
  concurrency: number,
): Promise<Figures> => figuresOf(await sampleOf(send, requests, concurrency));

async function sampleOf(send: () => Promise<Answer>, requests: number, concurrency: number): Promise<Sample> {
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
  return { millis, seconds: (performance.now() - began) / 1_000 };
}

const turns = 5;

/**
 * Sends so many requests of one kind and of the other, one after the other, the two taking turns: a machine that is slower
 * in one second than in another is so for both. @throws Error when one is not answered with 200 or 303.
 */
export async function measureBeside(
  one: () => Promise<Answer>,
  other: () => Promise<Answer>,
  requests: number,
): Promise<readonly [Figures, Figures]> {
  const samples = [emptySample(), emptySample()] as const;
  const inTurn = Math.ceil(requests / turns);
  for (let sent = 0; sent < requests; sent += inTurn) {
    const count = Math.min(inTurn, requests - sent);
    addTo(samples[0], await sampleOf(one, count, 1));
    addTo(samples[1], await sampleOf(other, count, 1));
  }
  return [figuresOf(samples[0]), figuresOf(samples[1])];
}

const emptySample = (): Sample => ({ millis: [], seconds: 0 });

function addTo(sample: Sample, { millis, seconds }: Sample): void {
  sample.millis.push(...millis);
  sample.seconds += seconds;
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
  return figuresOf({ millis, seconds: (performance.now() - began) / 1_000 });
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
