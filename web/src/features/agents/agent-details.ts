import { graphql } from '../../graphql.ts'

/** In the query of the page, while what shows it comes later. */
export const AgentDetailsFragment = graphql(`
  fragment AgentDetails_agent on Agent {
    id
    name
    state
    programVersion
    host
    utilisation
    tasksPerSecond
    tasksDone
    tasksFailed
    tasksLost
  }
`)
