import { meRoute } from './accounts/me.ts'
import { loginRoute, refreshRoute, registerRoute } from './accounts/sign-in.ts'
import { agentsRoute } from './cluster/agents.ts'
import { readDurationsRoute, setDurationsRoutes } from './cluster/durations.ts'
import { eventsRoute } from './expressions/events.ts'
import { listRoute } from './expressions/list.ts'
import { cancelRoute, deleteRoute, readRoute, retryRoute } from './expressions/one.ts'
import { submitRoutes } from './expressions/submit.ts'
import { withDocument } from './openapi/route.ts'
import type { Route } from './route.ts'
import { deliveryRoutes } from './webhooks/deliveries.ts'
import { webhookRoutes } from './webhooks/webhooks.ts'

/** Where REST is. */
export const restBase = '/api/v1'

/** All of REST: the router, the checks and the document are made of this table. See docs/decisions/0032. */
export const routes: readonly Route[] = withDocument([
  registerRoute,
  loginRoute,
  refreshRoute,
  meRoute,
  ...submitRoutes,
  listRoute,
  readRoute,
  eventsRoute,
  deleteRoute,
  cancelRoute,
  retryRoute,
  readDurationsRoute,
  ...setDurationsRoutes,
  agentsRoute,
  ...webhookRoutes,
  ...deliveryRoutes,
])
