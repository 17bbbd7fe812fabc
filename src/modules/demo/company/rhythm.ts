import type { DayNumber } from '../days.js';
import type { Random } from '../random.js';

const names = ['fortnightly', 'monthly', 'quarterly', 'occasional', 'once', 'enquiry'] as const;
export type RhythmName = (typeof names)[number];

/** How often somebody comes. */
export interface Rhythm {
  readonly name: RhythmName;
  /** Days between two visits, and by how many they vary. */
  readonly interval: number;
  readonly deviation: number;
  /** The day after which they never come again, often in the future. */
  readonly lastsUntil: DayNumber;
}

interface Kind {
  readonly weight: number;
  readonly interval: number;
  readonly deviation: number;
  /** Days that half of them stay for, the rest longer. */
  readonly halfLife: number;
}

const kinds: Readonly<Record<RhythmName, Kind>> = {
  fortnightly: { weight: 4, interval: 14, deviation: 3, halfLife: 900 },
  monthly: { weight: 25, interval: 29, deviation: 6, halfLife: 900 },
  quarterly: { weight: 26, interval: 76, deviation: 22, halfLife: 800 },
  occasional: { weight: 22, interval: 150, deviation: 60, halfLife: 800 },
  once: { weight: 18, interval: 30, deviation: 10, halfLife: 12 },
  enquiry: { weight: 5, interval: 30, deviation: 0, halfLife: 0 },
};

/** Who stays falls off exponentially: every year loses the same share of those who are left. */
export function createRhythm(random: Random, since: DayNumber): Rhythm {
  const name = random.weighted(names, (choice) => kinds[choice].weight);
  const { interval, deviation, halfLife } = kinds[name];
  const stays = -Math.log2(1 - random.next()) * halfLife;
  return { name, interval, deviation, lastsUntil: since + Math.floor(stays) };
}

/** True for those who came again and again and do not any more. */
export const hasLapsed = (rhythm: Rhythm, today: DayNumber): boolean => rhythm.lastsUntil < today;
