/** What GraphiQL shows to a newcomer, a tab each, in the order in which they would be tried. */
export interface GraphiqlExample {
  readonly query: string
  readonly variables?: string
  readonly headers?: string
}

/** Where the access token goes. GraphiQL sends it with requests and with subscriptions alike. */
const headers = JSON.stringify({ Authorization: 'Bearer <accessToken from Register or Login>' }, null, 2)

/** Without variables, because GraphiQL shows none in its first tab. */
const authenticate = (name: string, field: string) => `mutation ${name} {
  ${field}(input: { email: "ada@example.com", password: "correct horse battery" }) {
    __typename
    ... on Authentication {
      accessToken
      expiresAt
      user {
        email
        role
      }
    }
    ... on Error {
      code
      message
    }
  }
}
`

export const graphiqlExamples: readonly GraphiqlExample[] = [
  {
    query: `# Run this, copy the accessToken, and put it into the Headers of the tabs that follow.
${authenticate('Register', 'register')}`,
  },
  { query: authenticate('Login', 'login') },
  {
    query: `# How an expression would be computed.
query Plan {
  planExpression(source: "1+2+3+4*5") {
    __typename
    ... on Plan {
      operationCount
      depth
      criticalPathMs
      totalDurationMs
      regrouped
      grouped
    }
    ... on ExpressionSyntaxError {
      message
      position
      length
      expected
      suggestion
    }
    ... on Error {
      code
    }
  }
}
`,
    headers,
  },
  {
    query: `# The same requestId with the same source is the same expression, however often it is sent.
mutation Submit($source: String!, $requestId: String!) {
  submitExpression(input: { source: $source, requestId: $requestId }) {
    __typename
    ... on Expression {
      id
      status
      plan {
        operationCount
        grouped
      }
    }
    ... on Error {
      code
      message
    }
  }
}
`,
    variables: JSON.stringify({ source: '2+2*2', requestId: 'first' }, null, 2),
    headers,
  },
  {
    query: `# Put the id that Submit answered into the variables. A snapshot comes first, then each change.
subscription Watch($id: ID!) {
  expressionChanged(id: $id) {
    status
    progress {
      completed
      total
    }
    result {
      decimal
      fraction
      repeating
    }
    error {
      code
      message
    }
    version
  }
}
`,
    variables: JSON.stringify({ id: '<id from Submit>' }, null, 2),
    headers,
  },
  {
    query: `query Cluster {
  clusterStats {
    replicas
    agents
    slots
    busySlots
    runningExpressions
    readyTasks
    tasksPerSecond
  }
  agents {
    name
    state
    slots
    busySlots
  }
  operations {
    symbol
    durationMs
  }
}
`,
    headers,
  },
]
