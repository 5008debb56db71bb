import { useQuery } from 'urql'
import { graphql } from '../graphql.ts'
import styles from './UserMenu.module.css'

const ServerVersionDocument = graphql(`
  query ServerVersion {
    serverInfo {
      version
    }
  }
`)

/** Which Reckon this is: what whoever reports a defect is asked first. */
export function ServerVersion() {
  const [{ data }] = useQuery({ query: ServerVersionDocument })
  return data ? <p className={styles.role}>Reckon {data.serverInfo.version}</p> : null
}
