/** What every replica is told, the one that says it included. It may be lost on the way: for each there is a sweep that finds out the same. */
export type ClusterMessage =
  /** An expression waits in the queue. */
  | { readonly kind: 'expressionQueued'; readonly ownerId: string }
  /** A user ended an expression: whoever computes it may stop. */
  | { readonly kind: 'expressionCancelled'; readonly id: string }
  /** An expression had failed, and is back in the queue: `epoch` is the one that this began. */
  | { readonly kind: 'expressionRetried'; readonly id: string; readonly ownerId: string; readonly epoch: number }
  /** An expression is gone, with its log: whoever computes it may stop. */
  | { readonly kind: 'expressionDeleted'; readonly id: string; readonly ownerId: string }
  /** A replica no longer has an expression in memory; agents of others may hold tasks of it where it was lent. */
  | { readonly kind: 'expressionLeft'; readonly id: string; readonly ownerId: string; readonly wasLent: boolean }
  /** Somebody else than its owner wrote results of these tasks to an expression's log. */
  | { readonly kind: 'logWritten'; readonly expressionId: string; readonly tasks: readonly number[] }
  /** There are tasks for whoever has free slots. */
  | { readonly kind: 'tasksOffered' }
  /** Offered tasks are at agents of another replica. */
  | { readonly kind: 'offersTaken'; readonly expressionId: string; readonly taken: readonly TakenOffer[] }
  /** Tasks that agents of another replica had, on offer or brought along, came back without a result. */
  | { readonly kind: 'offersReturned'; readonly expressionId: string; readonly tasks: readonly number[] }
  /** A replica has taken these expressions over, and asks who holds tasks of them. */
  | { readonly kind: 'holdersWanted'; readonly expressionIds: readonly string[] }
  /** An agent of this replica has brought these tasks along from another. */
  | {
      readonly kind: 'heldElsewhere'
      readonly agent: MovedAgent
      readonly expressionId: string
      readonly held: readonly TakenTask[]
    }
  /** A replica has told all that its agents hold of what was asked for. */
  | { readonly kind: 'holdersTold'; readonly replicaId: string }
  | { readonly kind: 'agentDrained'; readonly id: string }
  /** An agent returned results that cannot be. */
  | { readonly kind: 'agentSuspended'; readonly id: string; readonly reason: string }
  | { readonly kind: 'agentTokenRevoked'; readonly id: string }
  /** Users have signed out, or were: access tokens of these sign-ins no longer count. So few that a message holds them. */
  | { readonly kind: 'signInsEnded'; readonly ids: readonly string[] }

export interface TakenOffer {
  readonly task: number
  readonly agentId: string
}

/** An agent with its session, which another replica may have begun. */
export interface MovedAgent {
  readonly agentId: string
  readonly tokenId: string
  readonly sessionId: string
  readonly name: string
  readonly slots: number
}

export interface TakenTask {
  readonly task: number
  readonly attempt: number
  /** Of the owner that gave it out. */
  readonly epoch: number
}
