import type { ViewerContext } from '../../core/context.js';
import type { RequestRecord } from '../service-requests/service-requests.queries.js';
import { fillPlaces } from './fill-places.js';
import { findOfferedAnswer, findPublicArticle } from './offers.queries.js';
import { placeValues } from './place-values.js';

/** What the address of a request asks to put into the answer box. */
export interface ChosenOffer {
  readonly answer?: string | undefined;
  readonly article?: string | undefined;
}

/** The words to begin with, and the article they were taken from; '' for none. */
export interface PreparedEntry {
  readonly body: string;
  readonly articleId: string;
}

/** Fills the answer that was chosen, or takes the article's words. Undefined where nothing was. @throws NotFound */
export async function prepareEntry(
  context: ViewerContext,
  request: RequestRecord,
  { answer, article }: ChosenOffer,
): Promise<PreparedEntry | undefined> {
  if (answer !== undefined) {
    const { body } = await findOfferedAnswer(context, answer);
    return { body: fillPlaces(body, placeValues(context, request)), articleId: '' };
  }
  if (article === undefined) return undefined;
  const { id, body } = await findPublicArticle(context, article);
  return { body, articleId: id };
}
