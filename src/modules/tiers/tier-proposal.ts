import { InvalidInput, type Problem } from '../../core/errors.js';
import { tierLimits, type Tier, type TierRule } from './tier.js';
import type { TierFields } from './tiers.schemas.js';

/** Stands for a tier that is not saved yet. */
export const newTierId = '00000000-0000-7000-8000-000000000000';

/**
 * The tiers as they would be with a new one, or with one that is changed.
 * @throws InvalidInput when name or rank are another tier's, or there would be too many.
 */
export function proposeTier(
  tiers: readonly Tier[],
  id: string | undefined,
  fields: TierFields,
): readonly (TierRule & { readonly name: string })[] {
  const others = tiers.filter((tier) => tier.id !== id);
  const problems: Problem[] = [];
  const name = fields.name.toLowerCase();
  if (others.some((tier) => tier.name.toLowerCase() === name))
    problems.push({ path: 'name', key: 'admin.nameTaken' });
  if (others.some((tier) => tier.rank === fields.rank))
    problems.push({ path: 'rank', key: 'tiers.rankTaken' });
  if (others.length >= tierLimits.tiers)
    problems.push({ path: 'name', key: 'tiers.tooMany', params: { maximum: tierLimits.tiers } });
  if (problems.length > 0) throw new InvalidInput(problems);
  return [...others, { ...fields, id: id ?? newTierId }];
}
