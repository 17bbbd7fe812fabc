import type { ProblemView } from '../form.js';

/** What the pages under views/errors show. */
export interface ErrorView {
  readonly title: string;
  readonly message: string;
  /** What the user can do now. */
  readonly advice: string;
  readonly problems: readonly ProblemView[];
  /** To quote when asking for help; also in the log. */
  readonly requestId: string;
}
