import { graphql, type ResultOf } from '../graphql.ts'

export const statsChanged = graphql(`
  subscription StatsChanged {
    clusterStatsChanged {
      agents
      slots
      busySlots
      readyTasks
      replicas
      runningExpressions
      tasksPerSecond
    }
  }
`)

export type StatsView = ResultOf<typeof statsChanged>['clusterStatsChanged']

export const agentsChanged = graphql(`
  subscription AgentsChanged {
    agentsChanged {
      id
      name
      state
      slots
      busySlots
      version
    }
  }
`)

export type AgentView = ResultOf<typeof agentsChanged>['agentsChanged'][number]

export const workChanged = graphql(`
  subscription WorkChanged {
    workChanged {
      running {
        agentId
        expressionId
        operation
        startedAt
        taskIndex
      }
    }
  }
`)

export type RunView = ResultOf<typeof workChanged>['workChanged']['running'][number]
