import { auditKinds } from '../../domain/audit.ts'
import { builder } from '../builder.ts'
import { checkedPage, costOfPage } from '../cursor.ts'
import { localId } from '../local-id.ts'
import { encodeGlobalID } from '@pothos/plugin-relay'

const AuditEventKindType = builder.enumType('AuditEventKind', { values: auditKinds })

const AuditEventType = builder.prismaObject('AuditEvent', {
  description: 'Something that happened to an account, or that an admin did.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime' }),
    kind: t.field({ type: AuditEventKindType, resolve: ({ kind }) => kind as (typeof auditKinds)[number] }),
    actorId: t.id({
      nullable: true,
      description: 'The user who did it, where one was signed in.',
      resolve: ({ actorId }) => (actorId === null ? null : encodeGlobalID('User', actorId)),
    }),
    subjectId: t.exposeString('subjectId', {
      nullable: true,
      description:
        'The user, token, invitation, link or agent that it was done to, as a UUID; of expressions their owner.',
    }),
    address: t.exposeString('address', { nullable: true, description: 'The network address that it came from.' }),
    detail: t.exposeString('detail', {
      nullable: true,
      description: 'What else there is to know: an email, a name, a role, durations before and after.',
    }),
    count: t.exposeInt('count', {
      description:
        'How many events this stands for: of a flood only the first are written down one by one, the rest is counted.',
    }),
  }),
})

const AuditFilter = builder.inputType('AuditFilter', {
  description: 'Which events: those for which all of it holds. What is absent or null holds for every event.',
  fields: (t) => ({
    kinds: t.field({ type: [AuditEventKindType], required: false, description: 'Only those of one of these kinds.' }),
    actor: t.id({ required: false, description: 'Only what this user did, by its id.' }),
    from: t.field({ type: 'DateTime', required: false, description: 'Then or later.' }),
    before: t.field({ type: 'DateTime', required: false, description: 'Earlier than that.' }),
  }),
})

const wantedOf = ({ kinds, actor, from, before }: typeof AuditFilter.$inferInput) => ({
  ...(kinds && { kind: { in: [...kinds] } }),
  ...(actor != null && { actorId: localId(actor, 'User') }),
  at: { ...(from && { gte: from }), ...(before && { lt: before }) },
})

builder.queryField('auditEvents', (t) =>
  t.prismaConnection(
    {
      type: AuditEventType,
      nullable: true,
      cursor: 'id',
      defaultSize: 20,
      maxSize: 100,
      description:
        'What happened to accounts and what admins did, newest first, for as long as AUDIT_RETENTION_SECONDS says. Admin only.',
      authScopes: { admin: true },
      args: { filter: t.arg({ type: AuditFilter, required: false, description: 'Which of them.' }) },
      complexity: costOfPage,
      resolve: (query, _root, { filter, ...page }, { services }) =>
        services.database.prisma.auditEvent.findMany({
          ...checkedPage(query, page),
          where: wantedOf(filter ?? {}),
          orderBy: { id: 'desc' },
        }),
    },
    { name: 'AuditEventConnection' },
    { name: 'AuditEventEdge' },
  ),
)
