import type { Translate } from './i18n.js';
import { navigation } from './navigation.js';
import type { Flash } from './reply.js';
import { can, type Theme, type Viewer } from './viewer.js';

export interface NavigationItemView {
  readonly label: string;
  readonly href: string;
  readonly icon: string;
  readonly current: boolean;
  readonly shortcut: string;
}

export interface NavigationGroupView {
  readonly label: string;
  readonly items: readonly NavigationItemView[];
}

export interface FlashView {
  readonly kind: 'success' | 'warning' | 'error';
  readonly message: string;
  readonly undo: string;
}

/** The bell: how much waits, '' for nothing, and the same in words. */
export interface BellView {
  readonly count: string;
  readonly label: string;
}

/** What stands around the content of every page of the application. */
export interface FrameView {
  readonly navigation: readonly NavigationGroupView[];
  readonly userName: string;
  readonly username: string;
  readonly theme: Theme;
  readonly canSearchCustomers: boolean;
  readonly canCreateCustomers: boolean;
  readonly bell: BellView;
  readonly flash: FlashView | undefined;
  readonly version: string;
  readonly environment: string;
}

export interface FrameInput {
  readonly viewer: Viewer;
  readonly path: string;
  readonly flash: Flash | undefined;
  readonly version: string;
  readonly environment: string;
}

/** Builds the frame for one viewer and page. */
export function frameView(t: Translate, input: FrameInput): FrameView {
  const { viewer } = input;
  const groups = navigation.map((group) => ({
    label: t(group.label),
    items: group.items
      .filter((item) => item.permission === 'signed-in' || can(viewer, item.permission))
      .map((item) => ({
        label: t(item.label),
        href: item.href,
        icon: item.icon,
        current: item.href === '/' ? input.path === '/' : `${input.path}/`.startsWith(`${item.href}/`),
        shortcut: item.shortcut ?? '',
      })),
  }));
  return {
    navigation: groups.filter((group) => group.items.length > 0),
    userName: viewer.name,
    username: viewer.username,
    theme: viewer.theme,
    canSearchCustomers: can(viewer, 'customers:read'),
    canCreateCustomers: can(viewer, 'customers:create'),
    bell: bellView(t, viewer),
    flash: input.flash && flashView(t, input.flash),
    version: input.version,
    environment: input.environment,
  };
}

/** Each number ends at 100, which says that there are more. */
const mostOnBell = 99;

function bellView(t: Translate, viewer: Viewer): BellView {
  const unread = viewer.reminders?.unread ?? 0;
  const due = can(viewer, 'follow-ups:manage') ? (viewer.reminders?.due ?? 0) : 0;
  const total = unread + due;
  if (total === 0) return { count: '', label: t('frame.bell') };
  const count = total > mostOnBell ? `${mostOnBell}+` : String(total);
  return { count, label: t('frame.bellWaiting', { text: count }) };
}

/** A flash in the viewer's words. */
export function flashView(t: Translate, flash: Flash): FlashView {
  return { kind: flash.kind, message: t(flash.key, flash.params), undo: flash.undo ?? '' };
}
