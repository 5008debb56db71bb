import { graphql } from '../graphql.ts'

/** Of whatever was refused. */
export const refusal = graphql(`
  fragment Refusal on Error @_unmask {
    code
    message
  }
`)

export const rateLimit = graphql(`
  fragment RateLimit on RateLimitedError @_unmask {
    retryAfterSeconds
  }
`)

/** Of a source that is no expression or over a limit: where it is wrong, too. */
export const sourceRefusal = graphql(`
  fragment SourceRefusal on Error @_unmask {
    code
    message
    ... on ExpressionSyntaxError {
      position
      length
      suggestion
    }
    ... on ExpressionLimitError {
      position
      length
    }
    ... on RateLimitedError {
      retryAfterSeconds
    }
  }
`)
