ALTER TABLE "offer" ADD COLUMN "claim_id" UUID;
