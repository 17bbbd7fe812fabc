import type { ViewerContext } from '../../core/context.js';
import { formatDay } from '../../core/format.js';
import type { CellView } from '../../core/lists/list-view.js';
import { thingsShown, type CustomerThing, type CustomerThings } from './served-thing.js';
import { thingDueCell } from './thing-due.js';

export interface ThingItemView {
  readonly name: string;
  readonly href: string;
  /** Kind and identifier. */
  readonly what: string;
  /** '' where nothing was done yet. */
  readonly lastService: string;
  readonly due: CellView;
}

export interface ThingsCardView {
  readonly things: readonly ThingItemView[];
  /** All things of the customer, archived ones among them. */
  readonly allHref: string;
  /** '' for those who may not add one, and where no kind is defined. */
  readonly newHref: string;
}

/** What the card needs to know of the customer. */
export interface ThingsCustomer {
  readonly id: string;
  readonly served_things: CustomerThings;
  readonly can_edit_things: boolean;
}

/** The things on a customer's record; undefined where the product serves none and the customer has none. */
export function thingsCardView(context: ViewerContext, customer: ThingsCustomer): ThingsCardView | undefined {
  const { things, has_kinds: hasKinds } = customer.served_things;
  if (things.length === 0 && !hasKinds) return undefined;
  return {
    things: things.slice(0, thingsShown).map((thing) => thingItem(context, thing)),
    allHref: `/served-things?customer=${customer.id}&state=all`,
    newHref: hasKinds && customer.can_edit_things ? `/customers/${customer.id}/things/new` : '',
  };
}

function thingItem(context: ViewerContext, thing: CustomerThing): ThingItemView {
  const { t, locale } = context;
  const { last_served_on: servedOn } = thing;
  return {
    name: thing.name,
    href: `/served-things/${thing.id}`,
    what: [thing.kind, thing.identifier ?? ''].filter((text) => text !== '').join(' · '),
    lastService: servedOn === null ? '' : t('servedThings.lastServed', { day: formatDay(servedOn, locale) }),
    due: thingDueCell(context, thing.next_due_on),
  };
}
