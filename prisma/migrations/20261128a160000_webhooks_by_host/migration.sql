ALTER TABLE "webhook" ADD COLUMN "host" TEXT NOT NULL DEFAULT '';
UPDATE "webhook" SET "host" = lower(coalesce(substring("url" from '^[^:]+://([^/?#]+)'), ''));
CREATE INDEX "webhook_delivery_gives_up_idx" ON "webhook_delivery"("gives_up_at") WHERE (next_attempt_at IS NOT NULL);
