import type { Route } from './core/route.js';
import { authRoutes } from './modules/auth/auth.routes.js';

/** Every route of the product, module by module. */
export const routes: readonly Route[] = [...authRoutes];
