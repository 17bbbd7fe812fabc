import { InvalidInput, type Problem } from '../../core/errors.js';
import type { ViewerContext } from '../../core/context.js';
import type { MessageKey } from '../../core/i18n.js';
import type { Permission } from '../../core/permissions.js';
import { problemsOf } from '../../core/problems.js';
import { readFilterChoices } from '../customers/customer-choices.queries.js';
import { CustomerListQuery } from '../customers/customers.schemas.js';
import { refuseUnknownFilters } from '../customers/custom-field-filters.js';

export const savedViewListNames = ['customers'] as const;

/** A list that views can be saved of, by its path without the slash. */
export type SavedViewListName = (typeof savedViewListNames)[number];

export interface SavedViewList {
  readonly path: string;
  readonly label: MessageKey;
  readonly permission: Permission;
  /** Why the list would refuse these parameters of its address: a filter, a value or a column that it does not know. */
  problems(context: ViewerContext, parameters: Readonly<Record<string, string>>): Promise<readonly Problem[]>;
}

/** The lists that views can be saved of. */
export const savedViewLists: Readonly<Record<SavedViewListName, SavedViewList>> = {
  customers: {
    path: '/customers',
    label: 'navigation.customers',
    permission: 'customers:read',
    async problems(context, parameters) {
      const query = CustomerListQuery.safeParse(parameters);
      if (!query.success) return problemsOf(query.error);
      const choices = await readFilterChoices(context);
      return problemsThrown(() => refuseUnknownFilters(choices, query.data));
    },
  },
};

function problemsThrown(check: () => void): readonly Problem[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems;
    throw error;
  }
}
