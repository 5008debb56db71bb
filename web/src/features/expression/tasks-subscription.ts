import { graphql } from '../../graphql.ts'
import { AttemptFragment } from './FailedAttempts.tsx'
import { TaskRowFragment } from './TaskRow.tsx'

export const TasksSubscription = graphql(
  `
    subscription TasksChanged($expressionId: ID!) {
      tasksChanged(expressionId: $expressionId) {
        id
        version
        spans {
          position
          length
          variables {
            name
            value
          }
        }
        readyAt
        ...TaskRow_task
        ...Attempts_task
      }
    }
  `,
  [TaskRowFragment, AttemptFragment],
)
