-- AlterTable
ALTER TABLE "offer" ADD COLUMN     "alone" BOOLEAN NOT NULL DEFAULT false;
