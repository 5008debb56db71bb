-- AlterTable
ALTER TABLE "expression" ALTER COLUMN "plan" SET DATA TYPE JSON;
