import type { Route } from '../../src/core/route.js';
import { routes } from '../../src/routes.js';

/** An id that no record has. */
export const unknownId = '00000000-0000-7000-8000-000000000000';

export const hasParameters = (route: Route): boolean => route.path.includes(':');

/** A path that the route answers; its parameters name no record. */
export const samplePath = (route: Route): string => route.path.replace(/:[A-Za-z]+/g, unknownId);

export const getRoutes: readonly Route[] = routes.filter(({ method }) => method === 'get');
export const postRoutes: readonly Route[] = routes.filter(({ method }) => method === 'post');

/** Paths of the pages of one record, with `:id` in them. */
export const recordPaths: readonly string[] = getRoutes
  .map(({ path }) => path)
  .filter((path) => /^[^:]*\/:id[^:]*$/.test(path));

/** Paths of all pages and downloads that need no id. */
export const plainPaths: readonly string[] = getRoutes
  .filter((route) => !hasParameters(route))
  .map(({ path }) => path);

/** True when a route that stands earlier in the list answers what was meant for a later one. */
export function shadows(earlier: Route, later: Route): boolean {
  const pattern = earlier.path.replace(/[.+*?()[\]{}|\\^$]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+');
  return earlier.method === later.method && new RegExp(`^${pattern}$`).test(samplePath(later));
}

/** True for the path of a download, which is no page to look at. */
export const isDownload = (path: string): boolean => /\.(xlsx|csv)$/.test(path);
