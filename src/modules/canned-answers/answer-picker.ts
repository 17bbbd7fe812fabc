import type { CellView } from '../../core/lists/list-view.js';

/** Something to answer with. */
export interface OfferView {
  readonly name: string;
  readonly href: string;
  readonly kind: CellView;
  readonly excerpt: string;
  /** Opens the request with the words in its answer box; '' for what only staff may read. */
  readonly useHref: string;
  readonly useLabel: string;
  readonly text: string;
  /** The article that the words are taken from; '' for an answer. */
  readonly articleId: string;
}

/** The search for answers beside the answer box, as `canned-answers/_picker` shows it. */
export interface AnswerPickerView {
  readonly path: string;
  readonly query: string;
  readonly offers: readonly OfferView[];
  /** Said where nothing is offered; '' before anybody looked. */
  readonly nothing: string;
}

/** Where answers to a request are looked for. */
export const pickerPath = (requestId: string): string => `/service-requests/${requestId}/answers`;

/** The search as the record shows it: it looks when somebody types. */
export const closedPicker = (requestId: string): AnswerPickerView => ({
  ...{ path: pickerPath(requestId), query: '', offers: [], nothing: '' },
});
