/** Why a person is erased: they asked for it, a law or an authority asks for it, or another reason. */
export const erasureReasons = ['person', 'law', 'other'] as const;
export type ErasureReason = (typeof erasureReasons)[number];
