import { createPostgresBackend, setDefaultBackendFactory, type ConnectionOptions } from 'bullmq'

/**
 * Of each of its classes, beside one that listens. Both worker processes have two workers, and PostgreSQL takes 100 connections as Reckon
 * starts it.
 */
const connections = 16

/**
 * How BullMQ's classes reach their store, which its address tells: Redis, or PostgreSQL (https://docs.bullmq.io/guide/postgresql), which is
 * theirs from here on in this process.
 */
export function connectionTo(url: string): ConnectionOptions {
  if (!url.startsWith('postgres')) return { url }
  setDefaultBackendFactory(createPostgresBackend)
  const connection = { connectionString: url, max: connections, migrate: true }
  // Types cannot know of a default that is set at run time, as its documentation says.
  return connection as unknown as ConnectionOptions
}
