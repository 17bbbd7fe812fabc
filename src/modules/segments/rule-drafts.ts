import type { FormValues } from '../../core/form.js';
import { isGroup, ruleMatches, segmentLimits, type SegmentGroup, type SegmentRule } from './rules.js';

/**
 * Rules travel through forms as `rule-<path>-<part>`. `0` is the outermost group, `0-2` the third rule in it; whatever
 * has a `match` is a group. Groups can be one level deeper here than they may be, so that too deep ones are refused
 * rather than lost.
 */
const nameForm = new RegExp(`^rule-(0(?:-\\d{1,2}){0,${segmentLimits.depth}})-(match|field|operator|value)$`);

/** The path of the outermost group. */
export const rootPath = '0';

export const partName = (path: string, part: 'match' | 'field' | 'operator' | 'value'): string =>
  `rule-${path}-${part}`;

/** Puts what was sent about rules together under `rules`; the rest, and a match that nobody offered, stays as it is. */
export function gatherRules(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  const rest = Object.entries(input).filter(
    ([name, value]) => !nameForm.test(name) || (name.endsWith('-match') && !isMatch(value)),
  );
  return { ...Object.fromEntries(rest), rules: readDraft({ ...input }) };
}

const isMatch = (value: unknown): boolean => ruleMatches.some((known) => known === value);

/** The rules of a form as they were typed, finished or not. */
export function readDraft(values: FormValues): SegmentGroup {
  const paths = new Set(Object.keys(values).flatMap((name) => nameForm.exec(name)?.[1] ?? []));
  return readGroup(values, [...paths], rootPath);
}

function readGroup(values: FormValues, paths: readonly string[], path: string): SegmentGroup {
  const children = paths
    .filter((other) => other.startsWith(`${path}-`) && !other.slice(path.length + 1).includes('-'))
    .sort((left, right) => lastIndex(left) - lastIndex(right));
  const [match = 'all'] = texts(values[partName(path, 'match')]);
  return {
    match: ruleMatches.find((known) => known === match) ?? 'all',
    rules: children.map((child) => readRule(values, paths, child)),
  };
}

function readRule(values: FormValues, paths: readonly string[], path: string): SegmentRule {
  if (values[partName(path, 'match')] !== undefined) return readGroup(values, paths, path);
  const [field = ''] = texts(values[partName(path, 'field')]);
  const [operator = ''] = texts(values[partName(path, 'operator')]);
  return { field, operator, values: texts(values[partName(path, 'value')]) };
}

const lastIndex = (path: string): number => Number(path.split('-').at(-1));

const texts = (value: unknown): string[] =>
  [value].flat().filter((text): text is string => typeof text === 'string');

/** The same rules as the fields of a form that is sent again without being shown. */
export function draftFields(
  group: SegmentGroup,
  path: string = rootPath,
): { readonly name: string; readonly value: string }[] {
  return [
    { name: partName(path, 'match'), value: group.match },
    ...group.rules.flatMap((rule, index) => {
      const own = `${path}-${index}`;
      if (isGroup(rule)) return draftFields(rule, own);
      return [
        { name: partName(own, 'field'), value: rule.field },
        { name: partName(own, 'operator'), value: rule.operator },
        ...rule.values.map((value) => ({ name: partName(own, 'value'), value })),
      ];
    }),
  ];
}
