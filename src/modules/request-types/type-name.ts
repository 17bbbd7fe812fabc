import type { Translate } from '../../core/i18n.js';
import { shippedName, type MaybeShipped } from '../../core/shipped-name.js';
import type { RequestBehaviour } from './request-type.js';
import { shippedTypes } from './shipped-types.js';

/** The name of a type of requests; shipped ones that nobody renamed are named in the viewer's language. */
export const typeName = (t: Translate, type: MaybeShipped): string =>
  shippedName(t, type, shippedTypes, (key) => `requestTypes.shipped.${key}`);

/** What a behaviour is called. */
export const behaviourName = (t: Translate, behaviour: RequestBehaviour): string =>
  t(`requestTypes.behaviour.${behaviour}`);
