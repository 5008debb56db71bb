import { auditKinds } from '../../domain/audit.ts'
import { builder } from '../builder.ts'
import { checkedCursor } from '../cursor.ts'
import { encodeGlobalID } from '@pothos/plugin-relay'

const AuditEventKindType = builder.enumType('AuditEventKind', { values: auditKinds })

const AuditEventType = builder.prismaObject('AuditEvent', {
  description: 'Something that happened to an account.',
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
      description: 'The user, token or invitation that it was done to, as a UUID.',
    }),
    address: t.exposeString('address', { nullable: true, description: 'The network address that it came from.' }),
    detail: t.exposeString('detail', {
      nullable: true,
      description: 'What else there is to know: an email, a name, a role.',
    }),
    count: t.exposeInt('count', {
      description:
        'How many events this stands for: of a flood only the first are written down one by one, the rest is counted.',
    }),
  }),
})

builder.queryField('auditEvents', (t) =>
  t.prismaConnection(
    {
      type: AuditEventType,
      cursor: 'id',
      defaultSize: 20,
      maxSize: 100,
      description: 'What happened to accounts, newest first, for as long as AUDIT_RETENTION_SECONDS says. Admin only.',
      authScopes: { admin: true },
      resolve: (query, _root, _args, { services }) =>
        services.database.prisma.auditEvent.findMany({ ...checkedCursor(query), orderBy: { id: 'desc' } }),
    },
    { name: 'AuditEventConnection' },
    { name: 'AuditEventEdge' },
  ),
)
