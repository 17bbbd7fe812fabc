import type { Translate } from '../../core/i18n.js';
import { shippedName, type MaybeShipped } from '../../core/shipped-name.js';
import { shippedStates } from './shipped-lifecycle.js';

/** The name of a state; shipped ones that nobody renamed are named in the viewer's language. */
export const stateName = (t: Translate, state: MaybeShipped): string =>
  shippedName(t, state, shippedStates, (key) => `requestStates.shipped.${key}`);
