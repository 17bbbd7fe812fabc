import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { ratioOf, type EarlierRatios, type Report } from './report.js';

const Ratios = z.record(z.string(), z.number());

/** Keeps how a run compared with the floor, beside its data, and what it did not measure: a later run with more customers compares. */
export async function keepRatios(file: string, { rows }: Report): Promise<void> {
  const ratios = new Map(await readRatios(file));
  for (const row of rows) ratios.set(row.name, ratioOf(row));
  await writeFile(file, JSON.stringify(Object.fromEntries(ratios)));
}

/** Nothing where there was no such run. */
export async function readRatios(file: string): Promise<EarlierRatios> {
  try {
    return new Map(Object.entries(Ratios.parse(JSON.parse(await readFile(file, 'utf8')))));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
}
