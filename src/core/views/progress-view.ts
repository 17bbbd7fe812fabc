/** How far a piece of long work is, as `partials/progress` shows it; the fragment fetches itself until the work ends. */
export interface ProgressView {
  /** Unique on the page. */
  readonly id: string;
  readonly label: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly done: number;
  /** Undefined while nobody knows how much there is to do. */
  readonly total: number | undefined;
  /** In words, for instance "1,200 of 10,000 rows". */
  readonly text: string;
  /** Answers with this fragment again; asked once a second while waiting or running. */
  readonly pollUrl: string;
  /** Where the result is; '' when there is nothing to see. */
  readonly doneUrl: string;
  readonly doneLabel: string;
}
