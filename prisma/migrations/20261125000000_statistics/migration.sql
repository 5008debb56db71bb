-- Both tables grow by thousands of rows a second, and each time one has grown by a tenth autovacuum draws a sample for the planner: a tenth
-- of all processor time went into that. Rows are found by keys; what no query chooses by needs no statistics, and the rest a small sample:
-- three hundred blocks for each unit of the target. Of results it need only be known that an expression has a few.

-- AlterTable
ALTER TABLE "task_result"
    ALTER COLUMN "expression_id" SET STATISTICS 1,
    ALTER COLUMN "expression_id" SET (n_distinct = -0.05),
    ALTER COLUMN "task" SET STATISTICS 1,
    ALTER COLUMN "value" SET STATISTICS 0,
    ALTER COLUMN "agent_id" SET STATISTICS 0,
    ALTER COLUMN "attempt" SET STATISTICS 0,
    ALTER COLUMN "ready_at" SET STATISTICS 0,
    ALTER COLUMN "started_at" SET STATISTICS 0,
    ALTER COLUMN "finished_at" SET STATISTICS 0;

-- AlterTable
ALTER TABLE "expression"
    ALTER COLUMN "id" SET STATISTICS 2,
    ALTER COLUMN "owner_id" SET STATISTICS 2,
    ALTER COLUMN "request_id" SET STATISTICS 2,
    ALTER COLUMN "source" SET STATISTICS 0,
    ALTER COLUMN "regrouped" SET STATISTICS 0,
    ALTER COLUMN "plan" SET STATISTICS 0,
    ALTER COLUMN "operation_count" SET STATISTICS 0,
    ALTER COLUMN "status" SET STATISTICS 2,
    ALTER COLUMN "result" SET STATISTICS 0,
    ALTER COLUMN "failure" SET STATISTICS 0,
    ALTER COLUMN "completed_tasks" SET STATISTICS 0,
    ALTER COLUMN "created_at" SET STATISTICS 2,
    ALTER COLUMN "started_at" SET STATISTICS 0,
    ALTER COLUMN "finished_at" SET STATISTICS 2,
    ALTER COLUMN "purged_at" SET STATISTICS 2,
    ALTER COLUMN "version" SET STATISTICS 0,
    ALTER COLUMN "epoch" SET STATISTICS 0,
    ALTER COLUMN "retry_epoch" SET STATISTICS 0,
    ALTER COLUMN "replica_id" SET STATISTICS 2;
