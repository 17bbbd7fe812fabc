/** One thing that happened, as `partials/timeline` shows it. */
export interface TimelineItemView {
  /** Name of an icon in public/icons.css. */
  readonly icon: string;
  readonly title: string;
  /** What was said or changed; line breaks are kept. '' when the title says it all. */
  readonly text: string;
  /** Relative, for instance "3 days ago". */
  readonly when: string;
  /** Shown on hover. */
  readonly whenExact: string;
  /** Where the title leads; '' when there is nothing more to see. */
  readonly href: string;
  /** What can be made of it; absent for most. */
  readonly action?: { readonly label: string; readonly href: string };
}

/** Everything that happened with one record, latest first. */
export interface TimelineView {
  readonly items: readonly TimelineItemView[];
  /** Said instead of the stream when nothing has happened yet. */
  readonly emptyText: string;
  /** Where older items are; '' when these are all. */
  readonly olderHref: string;
}
