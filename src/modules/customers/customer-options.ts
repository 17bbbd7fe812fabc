import type { ViewerContext } from '../../core/context.js';
import type { FieldOption } from '../../core/form.js';
import { customerKinds, genders } from './customers.schemas.js';

export const kindOptions = ({ t }: Pick<ViewerContext, 't'>): FieldOption[] =>
  customerKinds.map((kind) => ({ value: kind, label: t(`customers.kind.${kind}`) }));

/** Genders as choices; a filter can also ask for customers without one. */
export function genderOptions({ t }: Pick<ViewerContext, 't'>, withNone = false): FieldOption[] {
  const names = withNone ? [...genders, 'none' as const] : genders;
  return names.map((gender) => ({ value: gender, label: t(`customers.gender.${gender}`) }));
}
