import type { Translate } from '../../core/i18n.js';
import { shippedName } from '../../core/shipped-name.js';
import { afterComplaint } from './shipped-plans.js';

/** The name of a plan; one that bears the name of the shipped one is named in the viewer's language. */
export const planName = (t: Translate, name: string): string =>
  shippedName(
    t,
    { name, shippedKey: name === afterComplaint.name ? afterComplaint.key : null },
    [afterComplaint],
    (key) => `returnVisitPlans.shipped.${key}`,
  );
