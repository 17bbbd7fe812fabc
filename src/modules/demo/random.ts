import { v7 } from 'uuid';

/** Chance that comes out the same for the same labels, on every machine. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number, both ends included. */
  integer(minimum: number, maximum: number): number;
  chance(probability: number): boolean;
  /** One of the items, all alike. */
  pick<Item>(items: readonly Item[]): Item;
  /** One of the items, those in front much more often: the share falls with the square root of the place. */
  pickSkewed<Item>(items: readonly Item[]): Item;
  /** One of the items by its weight. Weights need not add up to one. */
  weighted<Item>(items: readonly Item[], weightOf: (item: Item) => number): Item;
  /** Normally distributed around the mean. */
  normal(mean: number, deviation: number): number;
  /** A version 7 UUID of that moment. */
  uuid(moment: Date): string;
}

/** Each set of labels is a sequence of its own: one more draw in one of them changes nothing in the others. */
export function createRandom(...labels: readonly (string | number)[]): Random {
  const next = mulberry32(fnv1a(labels.join('/')));
  const at = <Item>(items: readonly Item[], position: number): Item => {
    const item = items[Math.floor(position * items.length)];
    if (item === undefined) throw new RangeError('nothing to choose from');
    return item;
  };
  return {
    next,
    integer: (minimum, maximum) => minimum + Math.floor(next() * (maximum - minimum + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => at(items, next()),
    pickSkewed: (items) => at(items, next() ** 2),
    weighted(items, weightOf) {
      let left = next() * items.reduce((sum, item) => sum + weightOf(item), 0);
      return items.find((item) => (left -= weightOf(item)) < 0) ?? at(items, 0);
    },
    // Box and Muller (1958).
    normal: (mean, deviation) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    uuid: (moment) =>
      v7({ msecs: moment.getTime(), random: Uint8Array.from({ length: 16 }, () => next() * 256) }),
  };
}

/** mulberry32 by Tommy Ettinger, in the public domain: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** FNV-1a with 32 bits (draft-eastlake-fnv), over UTF-16 code units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}
