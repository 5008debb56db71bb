ALTER TABLE "failed_attempt" ADD COLUMN "alone" BOOLEAN NOT NULL DEFAULT false;
