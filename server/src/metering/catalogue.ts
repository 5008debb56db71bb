/** What a metric tells, and what its one label names. What is counted here goes by the same name, with `reckon_` before it, to Prometheus. */
export interface Metric {
  /** One line, with the unit where the name does not say it. */
  readonly help: string
  readonly label?: string
  /** What the label can be, told as 0 from the start; a value that is not listed is counted too, where there is room. */
  readonly values?: readonly string[]
}

export interface HistogramMetric extends Metric {
  /** Upper bounds, rising. */
  readonly buckets: readonly number[]
}

/** From a millisecond to the longest task that is common; a last bucket has the rest. */
const taskSeconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]
const expressionSeconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400]
const briefSeconds = [0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1]
const appendSeconds = [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** They rise as things happen, from 0 at the start of the process. Each replica counts what it did itself. */
export const counters = {
  expressions_submitted_total: {
    help: 'Submissions, by what became of them: ACCEPTED, REPEATED, or the code of what was wrong.',
    label: 'outcome',
    values: ['ACCEPTED', 'REPEATED', 'REQUEST_ID_CONFLICT', 'RATE_LIMITED', 'INVALID_INPUT'],
  },
  expressions_finished_total: {
    help: 'Expressions that came to their end by this replica.',
    label: 'status',
    values: ['SUCCEEDED', 'FAILED', 'CANCELLED'],
  },
  tasks_completed_total: { help: 'Results that this replica was the first to write to the log.', label: 'operation' },
  task_attempts_failed_total: {
    help: 'Attempts at tasks that brought no result.',
    label: 'outcome',
    values: ['AGENT_ERROR', 'AGENT_LOST', 'OVERDUE', 'REFUSED'],
  },
  task_results_total: {
    help: 'Results that agents returned, by their receipt.',
    label: 'receipt',
    values: ['ACCEPTED', 'DUPLICATE', 'NOT_NEEDED', 'REFUSED'],
  },
  agent_sessions_lost_total: {
    help: 'Sessions that ended without a goodbye.',
    label: 'reason',
    values: ['closed', 'silent'],
  },
  replica_takeovers_total: { help: 'Expressions that this replica took over from replicas that were lost.' },
  tasks_recomputed_total: { help: 'Tasks that were given out anew, after an attempt that brought no result.' },
  subscription_payloads_total: { help: 'Payloads sent to subscribers.', label: 'field' },
  hints_total: { help: 'Hints sent to other replicas.', label: 'kind' },
  login_failures_total: { help: 'Sign-ins that were refused.', label: 'reason', values: ['password', 'throttled'] },
  graphql_yoga_errors_total: { help: 'Errors in answers of GraphQL, by their code.', label: 'code' },
  expressions_retired_total: { help: 'Expressions that this replica deleted as they had ended long ago.' },
  webhook_deliveries_total: {
    help: 'Attempts at webhook deliveries, by what became of them.',
    label: 'outcome',
    values: ['delivered', 'failed'],
  },
} as const satisfies Record<string, Metric>

/** How what happens is spread. Each replica observes what it did itself. */
export const histograms = {
  task_queue_seconds: {
    help: 'From the moment when a task was ready to its assignment.',
    label: 'operation',
    buckets: taskSeconds,
  },
  task_duration_seconds: {
    help: 'How long agents had the tasks that they returned a result of, as they say.',
    label: 'operation',
    buckets: taskSeconds,
  },
  expression_duration_seconds: {
    help: 'From the start of an expression to its result.',
    buckets: expressionSeconds,
  },
  expression_wait_seconds: { help: 'From the submission of an expression to its start.', buckets: expressionSeconds },
  log_append_seconds: { help: 'One append to the log, the commit included.', buckets: appendSeconds },
  log_append_batch_size: {
    help: 'How many results one append writes.',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000],
  },
  dispatch_seconds: { help: 'How long one placing of ready tasks holds the event loop.', buckets: briefSeconds },
  graphql_yoga_http_duration_seconds: {
    help: 'Requests to /graphql, by the status of the answer.',
    label: 'status_code',
    buckets: appendSeconds,
  },
  subscription_lag_seconds: {
    help: 'From a change to its payload for all who watch it at this replica.',
    buckets: appendSeconds,
  },
} as const satisfies Record<string, HistogramMetric>

/** Read from memory when they are asked for. Each replica tells its own part; what they tell together is their sum, but where it says otherwise. */
export const gauges = {
  expressions_active: {
    help: 'Expressions in the memory of this replica: RUNNING, or RECOVERING after a lost replica.',
    label: 'status',
    values: ['RUNNING', 'RECOVERING'],
  },
  queue_backlog: {
    help: '1 where expressions wait in the queue, which is in no memory, as of the last heartbeat. All replicas tell the same.',
  },
  tasks_ready: { help: 'Tasks that could run if there were a slot, those offered to other replicas included.' },
  tasks_assigned: { help: 'Tasks that agents of this replica have, those that wait there for a slot included.' },
  oldest_ready_task_age_seconds: {
    help: 'How long the oldest ready task has been so, of more than 5 000 of those that are looked at. Of several replicas the highest counts.',
  },
  agents: {
    help: 'Agents whose session is at this replica.',
    label: 'state',
    values: ['connected', 'draining', 'reconnecting', 'distrusted'],
  },
  agent_slots: { help: 'Slots of the agents that are connected here.' },
  agent_slots_busy: { help: 'Those of them that compute.' },
  useful_slots: {
    help: 'Slots that what is ready, assigned or ready next could use, by operation.',
    label: 'operation',
  },
  offers_open: { help: 'Tasks of this replica that it offers to others and nobody has claimed.' },
  replica_expressions_owned: { help: 'Expressions that this replica owns.' },
  replica_tasks_owned: { help: 'Tasks of these expressions, finished ones included: what fills the memory.' },
  replica_heartbeat_age_seconds: {
    help: 'How long ago this replica last told the database that it lives. Of several replicas the highest counts.',
  },
  replicas: { help: 'Replicas that count, as this one knows. All tell the same.' },
  replica_info: { help: 'Always 1.', label: 'version' },
  websocket_connections: { help: 'Open sockets.', label: 'kind', values: ['user', 'agent', 'anonymous'] },
  subscriptions_active: { help: 'Subscriptions that are open.', label: 'field' },
  log_append_in_flight: { help: 'Results in the append to the log that is under way.' },
  webhook_deliveries_waiting: {
    help: 'Webhook deliveries that wait for an attempt, up to 10 000. All replicas tell the same.',
  },
  webhook_attempts_in_flight: { help: 'Attempts at webhook deliveries that this replica is making.' },
  database_connections: { help: 'Connections to the database.', label: 'pool' },
  database_connections_idle: { help: 'Those of them that nobody uses.', label: 'pool' },
  database_waiting: { help: 'Callers that wait for a connection.', label: 'pool' },
} as const satisfies Record<string, Metric>

/** Under what name Prometheus knows it. */
export const exportedName = (name: string): string => (name.startsWith('graphql_') ? name : `reckon_${name}`)

export type GaugeName = keyof typeof gauges
/** Of each gauge its value, or its values by label. */
export type Readings = Partial<Readonly<Record<GaugeName, number | ReadonlyMap<string, number>>>>

export type CounterName = keyof typeof counters
export type HistogramName = keyof typeof histograms
