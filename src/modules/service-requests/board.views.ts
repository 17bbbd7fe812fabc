import type { ViewerContext } from '../../core/context.js';
import type { FieldView } from '../../core/form.js';
import { formatCappedCount } from '../../core/format.js';
import { listAddress } from '../../core/lists/list-address.js';
import { lowCountCap } from '../../core/lists/list.js';
import type { CellView } from '../../core/lists/list-view.js';
import type { TabView } from '../../core/views/tab-view.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader } from '../admin/admin-pages.js';
import type { StateColor } from '../request-states/request-state.js';
import { stateName } from '../request-states/state-name.js';
import type { BoardCard, BoardColumn } from './board.queries.js';
import type { RequestChoices } from './request-choices.queries.js';
import { requestFilters } from './request-filters.views.js';
import { dueCellOf } from './request-due.js';
import { priorityCell } from './request-labels.js';
import { requestTabs, requestsPath } from './requests-list.views.js';
import type { BoardQuery } from './service-requests.schemas.js';

export const boardPath = `${requestsPath}/board`;

export interface BoardCardView {
  readonly href: string;
  readonly number: string;
  readonly subject: string;
  readonly customer: string;
  readonly assignee: string;
  readonly due: CellView;
  /** Only of what stands out. */
  readonly priority: CellView | undefined;
  readonly moveAction: string;
  /** Where it can go at once; none for those who may not. */
  readonly steps: readonly { readonly stateId: string; readonly label: string }[];
}

export interface BoardColumnView {
  readonly id: string;
  readonly title: string;
  readonly colour: StateColor;
  readonly count: string;
  readonly cards: readonly BoardCardView[];
  /** The list of all of them; '' where the column shows all. */
  readonly moreHref: string;
}

export interface BoardView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly path: string;
  readonly tabs: readonly TabView[];
  readonly filters: readonly FieldView[];
  readonly group: string;
  /** The board as it is shown, for whoever moves a card. */
  readonly returnTo: string;
  readonly columns: readonly BoardColumnView[];
}

/** Requests that are not done, a column for each state, the most urgent on top. */
export function boardView(
  context: ViewerContext,
  query: BoardQuery,
  columns: readonly BoardColumn[],
  choices: RequestChoices,
): BoardView {
  const { t } = context;
  const title = t('serviceRequests.board');
  return {
    title,
    header: pageHeader(title, {
      trail: [{ label: t('navigation.serviceRequests'), href: requestsPath }],
      subtitle: t('serviceRequests.boardHint'),
    }),
    path: boardPath,
    tabs: requestTabs(t, boardPath, query.group),
    filters: requestFilters(context, query, choices).filter(({ name }) => name !== 'category'),
    group: query.group ?? '',
    returnTo: listAddress(boardPath, parametersOf(query)),
    columns: columns.map((column) => columnView(context, query, column)),
  };
}

function parametersOf(query: BoardQuery): Record<keyof BoardQuery, string> {
  const { group = '', type = '', priority = '', assignee = '', team = '', branch = '' } = query;
  return { group, type, priority: String(priority), assignee, team, branch };
}

function columnView(context: ViewerContext, query: BoardQuery, column: BoardColumn): BoardColumnView {
  const { locale, t } = context;
  return {
    id: `column-${column.id}`,
    title: stateName(t, column),
    colour: column.color,
    count: formatCappedCount(column.count, lowCountCap, locale),
    cards: column.cards.map((card) => cardView(context, column, card)),
    moreHref:
      column.count > column.cards.length
        ? listAddress(requestsPath, { state: column.id, sort: 'due', ...parametersOf(query) })
        : '',
  };
}

function cardView(context: ViewerContext, column: BoardColumn, card: BoardCard): BoardCardView {
  const { t } = context;
  const path = `${requestsPath}/${card.id}`;
  return {
    href: path,
    number: card.request_no,
    subject: card.subject,
    customer: card.customer_name ?? '',
    assignee: card.assignee_name ?? t('serviceRequests.nobody'),
    due: dueCellOf(context, { ...card, state_category: column.category, resolved_in_time: null }),
    priority: card.priority > 2 ? priorityCell(t, card.priority) : undefined,
    moveAction: `${path}/transitions`,
    steps: card.can_work ? column.steps.map((step) => ({ stateId: step.id, label: stateName(t, step) })) : [],
  };
}
