-- CreateTable
CREATE TABLE "share_link" (
    "id" UUID NOT NULL,
    "expression_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "share_link_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "share_link_hash_key" ON "share_link"("hash");

-- CreateIndex
CREATE INDEX "share_link_expression_id_idx" ON "share_link"("expression_id");

-- CreateIndex
CREATE INDEX "share_link_revoked_idx" ON "share_link"("revoked_at") WHERE (revoked_at IS NOT NULL);

-- AddForeignKey
ALTER TABLE "share_link" ADD CONSTRAINT "share_link_expression_id_fkey" FOREIGN KEY ("expression_id") REFERENCES "expression"("id") ON DELETE CASCADE ON UPDATE CASCADE;
