-- CreateTable
CREATE TABLE "offer" (
    "expression_id" UUID NOT NULL,
    "task" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "owner_id" UUID NOT NULL,
    "operation" "operation_kind" NOT NULL,
    "left" TEXT NOT NULL,
    "right" TEXT NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "remaining_ms" INTEGER NOT NULL,
    "lender_id" UUID NOT NULL,
    "borrower_id" UUID,
    "offered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "offer_pkey" PRIMARY KEY ("expression_id","task")
);

-- CreateIndex
CREATE INDEX "offer_open_idx" ON "offer"("remaining_ms" DESC) WHERE (borrower_id IS NULL);

-- CreateIndex
CREATE INDEX "offer_lender_id_idx" ON "offer"("lender_id");
