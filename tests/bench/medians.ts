import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { EarlierMedians, Report } from './report.js';

const Medians = z.record(z.string(), z.number());

/** Keeps the medians of a run beside its data, and what it did not measure: a later run with more customers compares. */
export async function keepMedians(file: string, { rows }: Report): Promise<void> {
  const medians = new Map(await readMedians(file));
  for (const { name, one } of rows) medians.set(name, one.p50);
  await writeFile(file, JSON.stringify(Object.fromEntries(medians)));
}

/** Nothing where there was no such run. */
export async function readMedians(file: string): Promise<EarlierMedians> {
  try {
    return new Map(Object.entries(Medians.parse(JSON.parse(await readFile(file, 'utf8')))));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
}
