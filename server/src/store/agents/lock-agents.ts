/**
 * A common table `locked` of the agents that a statement changes, whose ids are in `$1`. Several replicas change rows of several agents each, and
 * would wait for each other for ever if they did not all lock them in one order.
 */
export const lockAgents = `
      WITH locked AS (SELECT id FROM agent WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE)`
