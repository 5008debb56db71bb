import type { ReadyTask } from '../postgres/task.ts'

/** The name of the task that computes an operation. */
export const identifier = 'operate'

export type Payload = ReadyTask

/** Turns rows of tasks into what `graphile_worker.add_jobs` takes: many jobs in one call, https://worker.graphile.org/docs/sql-add-job */
export const addJobsOf = (tasks: string): string => `
  SELECT count(*) FROM (
    SELECT array_agg(json_populate_record(
      NULL::graphile_worker.job_spec, json_build_object('identifier', '${identifier}', 'payload', to_json(ready))
    )) AS specs
    FROM ${tasks} AS ready
  ) AS batch, graphile_worker.add_jobs(batch.specs)
  WHERE specs IS NOT NULL`
