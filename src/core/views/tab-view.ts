/** One of several ways to look at a list, as `partials/tabs` shows it. */
export interface TabView {
  readonly label: string;
  readonly href: string;
  readonly isCurrent: boolean;
}
