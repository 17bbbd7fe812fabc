import { isGroup, type SegmentGroup, type SegmentRule } from './rules.js';

export const draftEdits = ['refresh', 'count', 'addCondition', 'addGroup', 'remove'] as const;

/** What a button of the form does, and to the rule at which path; `refresh` and `count` change nothing. */
export interface DraftEdit {
  readonly kind: (typeof draftEdits)[number];
  readonly path: string;
}

const emptyCondition = { field: '', operator: '', values: [] } as const;

/** The rules after a button was pressed; the same rules where its path leads nowhere. */
export function editDraft(root: SegmentGroup, { kind, path }: DraftEdit): SegmentGroup {
  const places = path.split('-').slice(1).map(Number);
  switch (kind) {
    case 'refresh':
    case 'count':
      return root;
    case 'addCondition':
      return changeGroup(root, places, (rules) => [...rules, emptyCondition]);
    case 'addGroup':
      return changeGroup(root, places, (rules) => [...rules, { match: 'any', rules: [emptyCondition] }]);
    case 'remove':
      return changeGroup(root, places.slice(0, -1), (rules) =>
        rules.filter((_rule, index) => index !== places.at(-1)),
      );
  }
}

function changeGroup(
  group: SegmentGroup,
  [place, ...deeper]: readonly number[],
  change: (rules: readonly SegmentRule[]) => readonly SegmentRule[],
): SegmentGroup {
  if (place === undefined) return { ...group, rules: change(group.rules) };
  return {
    ...group,
    rules: group.rules.map((rule, index) =>
      index === place && isGroup(rule) ? changeGroup(rule, deeper, change) : rule,
    ),
  };
}
