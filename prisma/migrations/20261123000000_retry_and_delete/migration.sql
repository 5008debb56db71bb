-- AlterTable
ALTER TABLE "expression" ADD COLUMN "retry_epoch" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "failed_attempt" ADD COLUMN "epoch" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "deleted_expression" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deleted_expression_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "deleted_expression_owner_id_deleted_at_idx" ON "deleted_expression"("owner_id", "deleted_at" DESC);

-- CreateIndex
CREATE INDEX "deleted_expression_deleted_at_idx" ON "deleted_expression"("deleted_at");
