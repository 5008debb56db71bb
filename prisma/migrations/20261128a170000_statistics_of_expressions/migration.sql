-- As of the other columns (20261125000000_statistics). What an index computes has a sample of its own, for which each look at the table read a
-- hundred times as many rows as all its columns need: a fifth of what the database did at full load.

-- AlterTable
ALTER TABLE "expression" ALTER COLUMN "regroup" SET STATISTICS 0;

-- AlterIndex
ALTER INDEX "expression_by_duration_idx" ALTER COLUMN 2 SET STATISTICS 2;
