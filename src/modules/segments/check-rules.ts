import { InvalidInput, type Problem } from '../../core/errors.js';
import type { Translate } from '../../core/i18n.js';
import { partName, rootPath } from './rule-drafts.js';
import { readValues } from './rule-values.js';
import { isGroup, type SegmentCondition, type SegmentGroup } from './rules.js';
import { operatorOf, type SegmentCatalogue } from './segment-catalogue.js';
import type { SegmentChoices } from './segment-choices.queries.js';

/** What a draft is read against. */
export interface RuleVocabulary {
  readonly catalogue: SegmentCatalogue;
  readonly choices: SegmentChoices;
  readonly t: Translate;
}

/**
 * The rules of a draft, in the form in which they are stored.
 * @throws InvalidInput with one problem for each part that is not finished, at the name of its field.
 */
export function readRules(draft: SegmentGroup, vocabulary: RuleVocabulary): SegmentGroup {
  const problems: Problem[] = [];
  const rules = readGroup(draft, vocabulary, rootPath, problems);
  if (problems.length > 0) throw new InvalidInput(problems);
  return rules;
}

function readGroup(
  { match, rules }: SegmentGroup,
  vocabulary: RuleVocabulary,
  path: string,
  problems: Problem[],
): SegmentGroup {
  if (rules.length === 0) problems.push({ path: partName(path, 'match'), key: 'segments.emptyGroup' });
  return {
    match,
    rules: rules.map((rule, index) => {
      const own = `${path}-${index}`;
      return isGroup(rule)
        ? readGroup(rule, vocabulary, own, problems)
        : readCondition(rule, vocabulary, own, problems);
    }),
  };
}

function readCondition(
  condition: SegmentCondition,
  { catalogue, choices, t }: RuleVocabulary,
  path: string,
  problems: Problem[],
): SegmentCondition {
  const field = catalogue.get(condition.field);
  if (!field) {
    const key = condition.field === '' ? 'errors.required' : 'segments.fieldGone';
    problems.push({ path: partName(path, 'field'), key });
    return condition;
  }
  const operator = operatorOf(catalogue, condition);
  if (!operator) {
    problems.push({ path: partName(path, 'operator'), key: 'errors.notAChoice' });
    return condition;
  }
  const offered = (field.options?.(choices, t) ?? []).map(({ value }) => value);
  const read = readValues(operator.inputs, condition.values, offered);
  problems.push(...read.problems.map((problem) => ({ ...problem, path: partName(path, 'value') })));
  return { field: condition.field, operator: condition.operator, values: read.values };
}
