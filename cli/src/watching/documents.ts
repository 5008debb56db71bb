import { graphql, type FragmentOf, type ResultOf } from '../graphql.ts'

/** An expression, and how far it is. `digits` are those of its decimal. */
export const expressionFields = graphql(`
  fragment ExpressionFields on Expression @_unmask {
    __typename
    id
    requestId
    source
    status
    version
    createdAt
    startedAt
    finishedAt
    progress {
      completed
      total
    }
    result {
      decimal(digits: $digits)
      isDecimalExact
      fraction
      repeating
    }
    error {
      code
      message
      span {
        position
        length
      }
    }
  }
`)

export type ExpressionView = FragmentOf<typeof expressionFields>

export const expressionChanged = graphql(
  `
    subscription ExpressionChanged($id: ID!, $digits: Int!) {
      expressionChanged(id: $id) {
        ...ExpressionFields
      }
    }
  `,
  [expressionFields],
)

export const tasksChanged = graphql(`
  subscription TasksChanged($id: ID!) {
    tasksChanged(expressionId: $id) {
      index
      operation
      status
      isRunning
      attempt
      version
      agent {
        name
      }
      result {
        decimal(digits: 8)
      }
      operands {
        negated
        value {
          decimal(digits: 8)
        }
        task {
          index
        }
      }
    }
  }
`)

export type TaskView = ResultOf<typeof tasksChanged>['tasksChanged'][number]

export const predictionChanged = graphql(`
  subscription PredictionChanged($id: ID!) {
    predictionChanged(expressionId: $id) {
      finishAt
      madeAt
      waitsFor
      assignedTasks
    }
  }
`)

export type PredictionView = ResultOf<typeof predictionChanged>['predictionChanged']

export const oneExpression = graphql(
  `
    query OneExpression($id: ID!, $digits: Int!) {
      expression(id: $id) {
        ...ExpressionFields
      }
    }
  `,
  [expressionFields],
)

export const cancelExpression = graphql(`
  mutation CancelExpression($id: ID!) {
    cancelExpression(input: { id: $id }) {
      __typename
      ... on Expression {
        id
        status
      }
      ... on Error {
        code
        message
      }
    }
  }
`)
