import type { Pool } from 'pg'

/** Writes down that a replica is there. */
export async function registerReplica(pool: Pool, replicaId: string): Promise<void> {
  await pool.query({ name: 'register-replica', text: `INSERT INTO replica (id) VALUES ($1)`, values: [replicaId] })
}

/** Takes a replica out, so that the others need not wait to take over what it leaves. */
export async function removeReplica(pool: Pool, replicaId: string): Promise<void> {
  await pool.query({ name: 'remove-replica', text: `DELETE FROM replica WHERE id = $1`, values: [replicaId] })
}

/** Takes all replicas out: for a server that knows itself to be the only one on its database. */
export async function removeAllReplicas(pool: Pool): Promise<void> {
  await pool.query({ name: 'remove-all-replicas', text: `DELETE FROM replica` })
}
