-- CreateTable
CREATE TABLE "expression_trace" (
    "expression_id" UUID NOT NULL,
    "traceparent" TEXT NOT NULL,

    CONSTRAINT "expression_trace_pkey" PRIMARY KEY ("expression_id")
);

-- AddForeignKey
ALTER TABLE "expression_trace" ADD CONSTRAINT "expression_trace_expression_id_fkey" FOREIGN KEY ("expression_id") REFERENCES "expression"("id") ON DELETE CASCADE ON UPDATE CASCADE;
