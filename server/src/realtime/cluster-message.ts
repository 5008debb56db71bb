import type { TaskFault } from '../domain/tasks/failing.ts'

/** What every replica is told, the one that says it included. It may be lost on the way: for each there is a sweep that finds out the same. */
export type ClusterMessage =
  /** An expression waits in the queue. */
  | { readonly kind: 'expressionQueued'; readonly ownerId: string }
  /** A user ended an expression: whoever computes it may stop. */
  | { readonly kind: 'expressionCancelled'; readonly id: string }
  /** An expression had failed or was deleted, and is back in the queue: `epoch` is the one that this began. */
  | { readonly kind: 'expressionRetried'; readonly id: string; readonly ownerId: string; readonly epoch: number }
  /** An expression is gone, with its log: whoever computes it may stop. */
  | { readonly kind: 'expressionDeleted'; readonly id: string; readonly ownerId: string }
  /** A replica no longer has an expression in memory; agents of others may have tasks of it where it may be elsewhere. */
  | {
      readonly kind: 'expressionLeft'
      readonly id: string
      readonly ownerId: string
      /** In which that replica had it: in a later one it may be elsewhere. */
      readonly epoch: number
      readonly mayBeElsewhere: boolean
    }
  /** Somebody else than its owner wrote results of these tasks to an expression's log. */
  | { readonly kind: 'logWritten'; readonly expressionId: string; readonly tasks: readonly number[] }
  /** There are tasks for whoever has free slots. */
  | { readonly kind: 'tasksOffered' }
  /** An agent has tasks of an expression that another replica owns: claimed from their offers, or brought along in its session. */
  | {
      readonly kind: 'assigned'
      readonly agentId: string
      readonly sessionId: string
      readonly by: 'offer' | 'session'
      readonly expressionId: string
      readonly tasks: readonly TaskAttempt[]
    }
  /** Such tasks have come back without a result, and their owner may give them out again. */
  | { readonly kind: 'released'; readonly expressionId: string; readonly tasks: readonly TaskAttempt[] }
  /** An agent of another replica found that a task which it had from its offer has no result. */
  | { readonly kind: 'faultFound'; readonly expressionId: string; readonly fault: FoundFault }
  /** An expression is bound to fail, and goes on without these tasks: whoever computes them may stop. */
  | { readonly kind: 'tasksUseless'; readonly expressionId: string; readonly tasks: readonly number[] }
  /** A replica has taken these expressions over, and asks which agents have tasks of them. */
  | { readonly kind: 'assignmentsWanted'; readonly expressionIds: readonly string[] }
  /** A replica has said what its agents have of those that were asked for. */
  | { readonly kind: 'assignmentsTold'; readonly replicaId: string }
  | { readonly kind: 'agentDrained'; readonly id: string }
  | { readonly kind: 'agentUndrained'; readonly id: string }
  /** An agent returned results that cannot be. */
  | { readonly kind: 'agentSuspended'; readonly id: string; readonly reason: string }
  | { readonly kind: 'agentTokenRevoked'; readonly id: string }
  /** Personal tokens were revoked. So few that a message holds them. */
  | { readonly kind: 'personalTokensRevoked'; readonly ids: readonly string[] }
  /** Links to expressions were revoked. So few that a message holds them. */
  | { readonly kind: 'shareLinksRevoked'; readonly ids: readonly string[] }
  /** A webhook was made, changed or deleted. */
  | { readonly kind: 'webhookSet'; readonly id: string; readonly userId: string }
  /** Something was sent to a webhook, or is to be. */
  | { readonly kind: 'webhookTried'; readonly id: string; readonly userId: string }
  /** Users have signed out, or were: access tokens of these sign-ins no longer count. So few that a message holds them. */
  | { readonly kind: 'signInsEnded'; readonly ids: readonly string[] }

/** What to tell a person of it its owner knows. */
export type FoundFault = Omit<TaskFault, 'message'>

/** One giving out of a task. */
export interface TaskAttempt {
  readonly task: number
  readonly attempt: number
  /** Of the expression, as when its owner gave it out, or offered it. */
  readonly epoch: number
}
