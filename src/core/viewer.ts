import type { Locale } from './i18n.js';
import type { Grants, Permission, Scope } from './permissions.js';

export type Theme = 'auto' | 'light' | 'dark';

/** What waits for a user behind the bell, each counted up to 100. */
export interface Reminders {
  /** Notifications that were not read yet. */
  readonly unread: number;
  /** Open follow-ups that are due today or overdue. */
  readonly due: number;
}

/** The signed-in user as every request sees them: read afresh each time, so a changed role works on the next request. */
export interface Viewer {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly locale: Locale | undefined;
  readonly theme: Theme;
  readonly mustChangePassword: boolean;
  readonly teamIds: readonly string[];
  /** False when nobody shares a record with them; left out where it is not known. */
  readonly collaborates?: boolean;
  readonly grants: Grants;
  readonly loginSessionId: string;
  /** Of what forms and filters offer (`keepChoices`); known for the viewer of a request. */
  readonly choicesVersion?: string;
  /** Known for the viewer of a request. */
  readonly reminders?: Reminders;
}

/** The scope in which the viewer holds a permission, or undefined. */
export function scopeOf(viewer: Viewer, permission: Permission): Scope | undefined {
  return viewer.grants.get(permission);
}

/** True when the viewer holds the permission in any scope. */
export function can(viewer: Viewer, permission: Permission): boolean {
  return viewer.grants.has(permission);
}
