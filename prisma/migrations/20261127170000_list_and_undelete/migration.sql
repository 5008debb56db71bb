-- AlterTable
ALTER TABLE "deleted_expression" ADD COLUMN "expression" JSON,
ADD COLUMN "operation_count" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "expression_by_finish_idx" ON "expression"("owner_id", "finished_at", "id") WHERE (finished_at IS NOT NULL);

-- Of an expression, which schema.prisma has no words for.
CREATE INDEX "expression_by_duration_idx" ON "expression"("owner_id", ("finished_at" - "started_at"), "id") WHERE ("finished_at" IS NOT NULL AND "started_at" IS NOT NULL);
