import { builder } from './builder.ts'
import { describe } from './descriptions.ts'
import './account/index.ts'
import './agent-session.ts'
import './agent.ts'
import './agent-connection.ts'
import './bulk.ts'
import './cancel-expression.ts'
import './change-webhook.ts'
import './cluster-stats.ts'
import './delete-expression.ts'
import './expression.ts'
import './expression-connection.ts'
import './expressions.ts'
import './operation.ts'
import './own-agent.ts'
import './plan.ts'
import './prediction.ts'
import './redeliver.ts'
import './retry-expression.ts'
import './server-info.ts'
import './share-link.ts'
import './submit-expression.ts'
import './task-results.ts'
import './agent-leaving.ts'
import './task.ts'
import './webhook.ts'
import './work.ts'

builder.queryType({})
builder.mutationType({})
builder.subscriptionType({})

export const schema = describe(builder.toSchema())
