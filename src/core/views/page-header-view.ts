/** A link or button beside the title of a page. */
export interface PageActionView {
  readonly label: string;
  readonly href: string;
  /** Name of an icon in public/icons.css; '' for none. */
  readonly icon: string;
  /** At most one action of a page is the primary one. */
  readonly emphasis: 'primary' | 'plain' | 'danger';
  /** The key that triggers it; '' for none. */
  readonly shortcut: 'n' | 'e' | '';
}

/** The top of a page as `partials/page-header` shows it. */
export interface PageHeaderView {
  readonly title: string;
  /** How many there are, on lists; '' elsewhere. */
  readonly count: string;
  /** One line below the title; '' for none. */
  readonly subtitle: string;
  /** The way up, outermost first. */
  readonly trail: readonly { readonly label: string; readonly href: string }[];
  readonly actions: readonly PageActionView[];
  /** Those that are used now and then: a menu beside the others. */
  readonly more?: readonly PageActionView[];
}
