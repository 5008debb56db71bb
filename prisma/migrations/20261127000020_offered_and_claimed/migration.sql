-- The words of the code: a replica offers a task, and another claims it. Indexes and the offers that stand follow their columns.
ALTER TABLE "offer" RENAME COLUMN "lender_id" TO "offered_by";
ALTER TABLE "offer" RENAME COLUMN "borrower_id" TO "claimed_by";
ALTER INDEX "offer_lender_id_idx" RENAME TO "offer_offered_by_idx";
