import type { FieldView } from '../form.js';
import { makeOnce, type Wording } from '../kept-choices.js';
import type { FilterGroupView } from './list-view.js';

/** Makes the fields of a filter bar with the values of a query; without values for an empty one. */
type Build<Query, Choices, Made> = (
  wording: Wording,
  query: Partial<Query>,
  choices: Choices,
) => readonly Made[];

type KeptBuild<Query, Choices, Made> = (wording: Wording, query: Query, choices: Choices) => readonly Made[];

/**
 * Filters, of which those that are not set are the same objects on every page, with all their options: what a partial
 * printed for one can be kept with it. The name of each is that of a parameter in the query.
 */
export function keepFilters<Query extends object, Choices extends object>(
  build: Build<Query, Choices, FieldView>,
): KeptBuild<Query, Choices, FieldView> {
  const unset = makeOnce<Choices, readonly FieldView[]>((wording, choices) => build(wording, {}, choices));
  return (wording, query, choices) => {
    const kept = unset(wording, choices);
    if (!kept.some(({ name }) => isSet(query, name))) return kept;
    const fresh = new Map(build(wording, query, choices).map((field) => [field.name, field]));
    return kept.map((field) => (isSet(query, field.name) ? (fresh.get(field.name) ?? field) : field));
  };
}

/**
 * Filters in groups, which are kept together as long as none is set. `further` names parameters that set fields of other
 * names, such as all those of custom fields.
 */
export function keepFilterGroups<Query extends object, Choices extends object>(
  build: Build<Query, Choices, FilterGroupView>,
  further: readonly Extract<keyof Query, string>[] = [],
): KeptBuild<Query, Choices, FilterGroupView> {
  const unset = makeOnce<Choices, readonly FilterGroupView[]>((wording, choices) =>
    build(wording, {}, choices),
  );
  return (wording, query, choices) => {
    const kept = unset(wording, choices);
    const names = [...further, ...kept.flatMap(({ fields }) => fields.map(({ name }) => name))];
    return names.some((name) => isSet(query, name)) ? build(wording, query, choices) : kept;
  };
}

function isSet(query: object, name: string): boolean {
  const value: unknown = Object.entries(query).find(([key]) => key === name)?.[1];
  return value !== undefined && value !== '';
}
