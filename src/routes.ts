import type { Route } from './core/route.js';
import { authRoutes } from './modules/auth/auth.routes.js';
import { customerRoutes } from './modules/customers/customers.routes.js';
import { purchaseRoutes } from './modules/customers/purchases.routes.js';
import { homeRoutes } from './modules/home/home.routes.js';
import { recentActionRoutes } from './modules/recent-actions/recent-actions.routes.js';
import { recycleBinRoutes } from './modules/recycle-bin/recycle-bin.routes.js';

/** Every route of the product, module by module. */
export const routes: readonly Route[] = [
  ...authRoutes,
  ...homeRoutes,
  ...customerRoutes,
  ...purchaseRoutes,
  ...recycleBinRoutes,
  ...recentActionRoutes,
];
