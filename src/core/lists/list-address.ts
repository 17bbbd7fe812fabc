/** Parameters of a list's address by name. */
export type ListState = Readonly<Record<string, string>>;

/** Without the parameters that are empty. */
export const stated = (parameters: ListState): ListState =>
  Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));

/** A path with parameters; empty ones are left out. */
export function listAddress(path: string, parameters: ListState): string {
  const text = new URLSearchParams(stated(parameters)).toString().replaceAll('%2C', ',');
  return text === '' ? path : `${path}?${text}`;
}
