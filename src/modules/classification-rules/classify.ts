import type { RuleConditions, RuleOutcome } from './classification-rule.js';
import { comparable, says } from './rule-words.js';

/** A rule in use; what it sets is there, or null. */
export interface ClassificationRule {
  readonly id: string;
  readonly name: string;
  readonly conditions: RuleConditions;
  readonly outcome: RuleOutcome;
  /** The type that the category it sets is for; null for all, or without a category. */
  readonly categoryTypeId: string | null;
}

/** A request as far as somebody filled it in; what is absent or null was not chosen. */
export interface KnownRequest {
  readonly subject: string;
  readonly description: string | null;
  readonly channel: string | null;
  /** The customer's tier. */
  readonly tierId: string | null;
  readonly typeId?: string | null | undefined;
  readonly categoryId?: string | null | undefined;
  readonly priority?: number | null | undefined;
  readonly teamId?: string | null | undefined;
}

/** What the rules set, and which of them set something, in their order. */
export interface Classification {
  readonly typeId?: string;
  readonly categoryId?: string;
  readonly priority?: number;
  readonly teamId?: string;
  readonly appliedRules: readonly { readonly id: string; readonly name: string }[];
}

type Chosen = Omit<Classification, 'appliedRules'>;

/**
 * Classifies a request by rules, which come in their order. The first rule to set a field wins, and what somebody chose is
 * not set. A rule sees the type that earlier ones set. A category is only set where it fits the type.
 */
export function classify(known: KnownRequest, rules: readonly ClassificationRule[]): Classification {
  const text = comparable(`${known.subject}\n${known.description ?? ''}`);
  let set: Chosen = {};
  const appliedRules: { id: string; name: string }[] = [];
  for (const rule of rules) {
    const typeId = known.typeId ?? set.typeId;
    if (!matches(rule.conditions, text, known, typeId)) continue;
    const added = whatItAdds(rule, known, set);
    if (Object.keys(added).length === 0) continue;
    set = { ...set, ...added };
    appliedRules.push({ id: rule.id, name: rule.name });
  }
  return { ...set, appliedRules };
}

function matches(
  { words, channels, tierIds, typeIds }: RuleConditions,
  text: string,
  { channel, tierId }: KnownRequest,
  typeId: string | undefined,
): boolean {
  return (
    (words.length === 0 || words.some((word) => says(text, comparable(word)))) &&
    (channels.length === 0 || channels.some((one) => one === channel)) &&
    (tierIds.length === 0 || (tierId !== null && tierIds.includes(tierId))) &&
    (typeIds.length === 0 || (typeId !== undefined && typeIds.includes(typeId)))
  );
}

function whatItAdds(
  { outcome, categoryTypeId }: ClassificationRule,
  known: KnownRequest,
  set: Chosen,
): Chosen {
  const { typeId, categoryId, priority, teamId } = outcome;
  const added = {
    ...(isFree(typeId, known.typeId, set.typeId) && { typeId }),
    ...(isFree(priority, known.priority, set.priority) && { priority }),
    ...(isFree(teamId, known.teamId, set.teamId) && { teamId }),
  };
  const type = known.typeId ?? set.typeId ?? added.typeId;
  const fits = categoryTypeId === null || categoryTypeId === type;
  const addsCategory = fits && isFree(categoryId, known.categoryId, set.categoryId);
  return { ...added, ...(addsCategory && { categoryId }) };
}

/** True when a rule has a value for a field that neither somebody nor an earlier rule has set. */
const isFree = <Value>(
  value: Value | null,
  chosen: Value | null | undefined,
  set: Value | undefined,
): value is Value => value !== null && (chosen ?? set) === undefined;
