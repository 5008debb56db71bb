import { useSubscription } from 'urql'
import { graphql } from '../graphql.ts'

const ExpressionsDeletedSubscription = graphql(`
  subscription ExpressionsDeleted {
    expressionsDeleted
  }
`)

/** Takes what is deleted out of the cache, from which all pages show it: see transport/cache.ts. */
export function Deletions() {
  useSubscription({ query: ExpressionsDeletedSubscription })
  return null
}
