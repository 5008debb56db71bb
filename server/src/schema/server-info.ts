import { protocolVersions } from '../domain/agent-protocol.ts'
import { limitsOf } from '../use-cases/limits.ts'
import type { Services } from '../use-cases/services.ts'
import { version } from '../version.ts'
import { builder } from './builder.ts'

const LimitsType = builder.objectRef<Services>('Limits').implement({
  description: 'How large an expression may be on this server.',
  fields: (t) => ({
    maxSourceLength: t.int({
      description: 'In UTF-16 code units.',
      resolve: (services) => limitsOf(services).maxSourceLength,
    }),
    maxOperations: t.int({ resolve: (services) => limitsOf(services).maxOperations }),
    maxDigits: t.int({
      description: 'Decimal digits of a numerator, and of a denominator, in the source and in results.',
      resolve: (services) => limitsOf(services).maxDigits,
    }),
    maxTotalDigits: t.int({
      description: 'Decimal digits of all numbers in a source together.',
      resolve: (services) => limitsOf(services).maxTotalDigits,
    }),
  }),
})

const ServerInfoType = builder.objectRef<Services>('ServerInfo').implement({
  fields: (t) => ({
    version: t.string({ description: 'Of this server, as in its CHANGELOG.', resolve: () => version }),
    protocolVersions: t.intList({
      description: 'Versions of the agents’ protocol that it speaks.',
      resolve: () => [...protocolVersions],
    }),
    limits: t.field({ type: LimitsType, resolve: (services) => services }),
  }),
})

builder.queryField('serverInfo', (t) =>
  t.field({
    type: ServerInfoType,
    description: 'Which program answers, and what it allows. Everybody may ask.',
    authScopes: { public: true },
    resolve: (_root, _args, { services }) => services,
  }),
)
