import type { ClientBase } from 'pg'
import type { ReadyTask, WaitingTask } from './task.ts'

/** The channel on which ends are told to the client. */
export const endedChannel = 'bench_ended'

/**
 * What a user of a queue without graphs writes for one: tasks that wait for operands, results of expressions, and a function that takes in
 * what jobs have computed.
 *
 * It gives values to the tasks that wait for them, and returns those that have both operands now. A job that is done twice, because its
 * worker died in between, changes nothing the second time. Rows are locked in one order, since the other worker process may hold some of
 * the same. Values of roots are results, told to the client once they are committed.
 */
const schema = `
  CREATE TABLE bench_task (
    expression text NOT NULL,
    task int NOT NULL,
    operator text NOT NULL,
    "left" text,
    "right" text,
    parent int,
    side text,
    PRIMARY KEY (expression, task)
  );
  CREATE TABLE bench_result (expression text PRIMARY KEY, value text NOT NULL);
  CREATE FUNCTION bench_settle(results json) RETURNS SETOF bench_task LANGUAGE sql AS $$
    WITH computed AS (
      SELECT * FROM json_to_recordset(results) AS computed (expression text, parent int, side text, value text)
    ), given AS (
      SELECT expression, parent AS task,
        max(value) FILTER (WHERE side = 'left') AS "left", max(value) FILTER (WHERE side = 'right') AS "right"
      FROM computed WHERE parent IS NOT NULL GROUP BY 1, 2
    ), locked AS (
      SELECT waiting.expression, waiting.task,
        coalesce(waiting."left", given."left") AS "left", coalesce(waiting."right", given."right") AS "right"
      FROM bench_task AS waiting JOIN given USING (expression, task)
      WHERE waiting."left" IS NULL OR waiting."right" IS NULL
      ORDER BY expression, task FOR UPDATE OF waiting
    ), updated AS (
      UPDATE bench_task AS waiting SET "left" = locked."left", "right" = locked."right"
      FROM locked WHERE (waiting.expression, waiting.task) = (locked.expression, locked.task)
      RETURNING waiting.*
    ), finished AS (
      INSERT INTO bench_result SELECT expression, value FROM computed WHERE parent IS NULL
      ON CONFLICT DO NOTHING RETURNING *
    ), told AS (
      SELECT pg_notify('${endedChannel}', expression || ' ' || value) FROM finished
    )
    -- Only what is read is run, so the last line reads the telling.
    SELECT * FROM updated WHERE "left" IS NOT NULL AND "right" IS NOT NULL AND (SELECT count(*) FROM told) >= 0
  $$`

export async function createGraph(client: ClientBase): Promise<void> {
  await client.query(schema)
}

export async function insertWaiting(client: ClientBase, waiting: readonly WaitingTask[]): Promise<void> {
  await client.query({
    name: 'insert waiting',
    text: 'INSERT INTO bench_task SELECT * FROM json_populate_recordset(NULL::bench_task, $1)',
    values: [JSON.stringify(waiting)],
  })
}

/** A job that is done. */
export interface Computed extends Pick<ReadyTask, 'expression' | 'parent' | 'side'> {
  readonly value: string
}

/** Takes in what was computed. @returns the tasks that have both operands now */
export async function settle(client: ClientBase, computed: readonly Computed[]): Promise<ReadyTask[]> {
  const { rows } = await client.query<ReadyTask>({
    name: 'settle',
    text: 'SELECT * FROM bench_settle($1)',
    values: [JSON.stringify(computed)],
  })
  return rows
}
