import type { FieldOption, FieldSpec } from '../../core/form.js';
import { formatMonth } from '../../core/format.js';
import type { MessageKey } from '../../core/i18n.js';
import { makeOnce, type Wording } from '../../core/kept-choices.js';
import { lateFilterSpec } from '../visit-rhythm/late-filter.js';
import type { Choice, FilterChoices } from './customer-choices.queries.js';
import { genderOptions, kindOptions } from './customer-options.js';
import { contactAnswers, plannedChoices, type CustomerListQuery } from './customers.schemas.js';

export interface FilterSpec extends FieldSpec {
  /** A parameter of the list. */
  readonly name: Extract<keyof CustomerListQuery, string>;
  readonly isMoney?: boolean;
}

export interface FilterGroup {
  readonly legend: MessageKey;
  readonly filters: readonly FilterSpec[];
}

/** The filters that are used most. */
export const mainFilterSpecs = makeOnce((wording, choices: FilterChoices): readonly FilterSpec[] => {
  const { t } = wording;
  return [
    {
      name: 'owner',
      label: 'customers.owner',
      kind: 'select',
      options: ownerOptions(wording, choices.owners),
    },
    {
      name: 'source',
      label: 'customers.source',
      kind: 'select',
      options: choices.sources.map((source) => ({ value: source, label: source })),
    },
    { name: 'city', label: 'customers.city', kind: 'text' },
    {
      name: 'nextFollowUp',
      label: 'customers.nextFollowUp',
      kind: 'select',
      options: plannedChoices.map((choice) => ({ value: choice, label: t(`followUps.due.${choice}`) })),
    },
  ];
});

/** The other ones, by what they are about. */
export const filterGroups = makeOnce((wording, choices: FilterChoices): readonly FilterGroup[] => [
  { legend: 'customers.filters.person', filters: personFilters(wording) },
  { legend: 'customers.filters.visits', filters: visitFilters },
  { legend: 'customers.filters.care', filters: careFilters(wording, choices) },
]);

function personFilters(wording: Wording): FilterSpec[] {
  const { t, locale } = wording;
  const months = Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1),
    label: formatMonth(index + 1, locale),
  }));
  const answers = contactAnswers.map((answer) => ({ value: answer, label: t(`common.${answer}`) }));
  return [
    { name: 'kind', label: 'customers.kind', kind: 'select', options: kindOptions(wording) },
    { name: 'gender', label: 'customers.gender', kind: 'select', options: genderOptions(wording, true) },
    { name: 'ageFrom', label: 'customers.ageFrom', kind: 'number', inputMode: 'numeric' },
    { name: 'ageTo', label: 'customers.ageTo', kind: 'number', inputMode: 'numeric' },
    { name: 'birthMonth', label: 'customers.birthMonth', kind: 'select', options: months },
    { name: 'hasPhone', label: 'customers.hasPhone', kind: 'select', options: answers },
    { name: 'hasEmail', label: 'customers.hasEmail', kind: 'select', options: answers },
    { name: 'hasWechat', label: 'customers.hasWechat', kind: 'select', options: answers },
  ];
}

const visitFilters: readonly FilterSpec[] = [
  { name: 'firstVisitFrom', label: 'customers.firstVisitFrom', kind: 'date' },
  { name: 'firstVisitTo', label: 'customers.firstVisitTo', kind: 'date' },
  { name: 'lastVisitFrom', label: 'customers.lastVisitFrom', kind: 'date' },
  { name: 'lastVisitTo', label: 'customers.lastVisitTo', kind: 'date' },
  { name: 'noVisitSince', label: 'customers.noVisitSince', kind: 'date' },
  { name: 'spentFrom', label: 'customers.spentFrom', kind: 'number', inputMode: 'decimal', isMoney: true },
  { name: 'spentTo', label: 'customers.spentTo', kind: 'number', inputMode: 'decimal', isMoney: true },
  { name: 'purchasesFrom', label: 'customers.purchasesFrom', kind: 'number', inputMode: 'numeric' },
  { name: 'purchasesTo', label: 'customers.purchasesTo', kind: 'number', inputMode: 'numeric' },
];

const careFilters = ({ t }: Wording, { teams, branches }: FilterChoices): FilterSpec[] => [
  {
    name: 'branch',
    label: 'customers.branch',
    kind: 'select',
    options: orNone(t('customers.noBranch'), branches),
  },
  { name: 'team', label: 'customers.team', kind: 'select', options: orNone(t('customers.noTeam'), teams) },
  { name: 'createdFrom', label: 'customers.createdFrom', kind: 'date' },
  { name: 'createdTo', label: 'customers.createdTo', kind: 'date' },
  { name: 'notContactedSince', label: 'customers.notContactedSince', kind: 'date' },
  { ...lateFilterSpec(t), name: 'late' },
  { name: 'poolSoon', label: 'publicPool.fallsSoon', kind: 'checkbox' },
];

const orNone = (none: string, choices: readonly Choice[]): FieldOption[] => [
  ...named(choices),
  { value: 'none', label: none },
];

const ownerOptions = ({ t }: Wording, owners: readonly Choice[]): FieldOption[] => [
  { value: 'me', label: t('customers.ownerMe') },
  { value: 'shared', label: t('customers.ownerShared') },
  { value: 'none', label: t('customers.ownerNone') },
  ...named(owners),
];

const named = (choices: readonly Choice[]): FieldOption[] =>
  choices.map(({ id, name }) => ({ value: id, label: name }));
