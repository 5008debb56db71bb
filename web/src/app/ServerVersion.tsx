import { use } from 'react'
import { Provider, useQuery } from 'urql'
import { graphql } from '../graphql.ts'
import { UncachedContext } from '../transport/contexts.ts'
import styles from './UserMenu.module.css'

const ServerVersionDocument = graphql(`
  query ServerVersion {
    serverInfo {
      version
    }
  }
`)

/** Which Reckon this is: what whoever reports a defect is asked first. The menu stands before there is a client. */
export function ServerVersion() {
  const client = use(UncachedContext)
  return (
    client && (
      <Provider value={client}>
        <Version />
      </Provider>
    )
  )
}

function Version() {
  const [{ data }] = useQuery({ query: ServerVersionDocument })
  return data ? <p className={styles.role}>Reckon {data.serverInfo.version}</p> : null
}
