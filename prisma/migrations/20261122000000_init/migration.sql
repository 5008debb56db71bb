-- CreateEnum
CREATE TYPE "user_role" AS ENUM ('USER', 'ADMIN');

-- CreateEnum
CREATE TYPE "operation_kind" AS ENUM ('ADD', 'SUBTRACT', 'MULTIPLY', 'DIVIDE', 'POWER');

-- CreateEnum
CREATE TYPE "expression_status" AS ENUM ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "attempt_outcome" AS ENUM ('AGENT_ERROR', 'AGENT_LOST', 'OVERDUE');

-- CreateEnum
CREATE TYPE "agent_presence" AS ENUM ('ONLINE', 'RECONNECTING', 'DRAINING', 'OFFLINE');

-- CreateTable
CREATE TABLE "user_account" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" "user_role" NOT NULL DEFAULT 'USER',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "user_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_token" (
    "id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "refresh_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "operation" (
    "kind" "operation_kind" NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "operation_pkey" PRIMARY KEY ("kind")
);

-- CreateTable
CREATE TABLE "agent_token" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "agent_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent" (
    "id" UUID NOT NULL,
    "token_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slots" INTEGER NOT NULL,
    "presence" "agent_presence" NOT NULL DEFAULT 'OFFLINE',
    "session_id" UUID,
    "replica_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "replica" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stats" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "replica_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "expression" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "request_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "regrouped" BOOLEAN NOT NULL,
    "plan" JSONB NOT NULL,
    "operation_count" INTEGER NOT NULL,
    "status" "expression_status" NOT NULL,
    "result" TEXT,
    "failure" JSONB,
    "completed_tasks" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "purged_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "replica_id" UUID,

    CONSTRAINT "expression_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_result" (
    "expression_id" UUID NOT NULL,
    "task" INTEGER NOT NULL,
    "value" TEXT NOT NULL,
    "agent_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "ready_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_result_pkey" PRIMARY KEY ("expression_id","task")
);

-- CreateTable
CREATE TABLE "failed_attempt" (
    "expression_id" UUID NOT NULL,
    "task" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "agent_id" UUID NOT NULL,
    "outcome" "attempt_outcome" NOT NULL,
    "message" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "failed_attempt_pkey" PRIMARY KEY ("expression_id","task","attempt")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_account_email_key" ON "user_account"("email");

-- CreateIndex
CREATE UNIQUE INDEX "refresh_token_hash_key" ON "refresh_token"("hash");

-- CreateIndex
CREATE INDEX "refresh_token_family_id_idx" ON "refresh_token"("family_id");

-- CreateIndex
CREATE INDEX "refresh_token_user_id_idx" ON "refresh_token"("user_id");

-- CreateIndex
CREATE INDEX "refresh_token_expires_at_idx" ON "refresh_token"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "agent_token_hash_key" ON "agent_token"("hash");

-- CreateIndex
CREATE INDEX "agent_token_created_by_idx" ON "agent_token"("created_by");

-- CreateIndex
CREATE INDEX "agent_replica_id_idx" ON "agent"("replica_id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_token_id_name_key" ON "agent"("token_id", "name");

-- CreateIndex
CREATE INDEX "expression_owner_id_id_idx" ON "expression"("owner_id", "id" DESC);

-- CreateIndex
CREATE INDEX "expression_queued_idx" ON "expression"("owner_id", "id") WHERE (status = 'QUEUED');

-- CreateIndex
CREATE INDEX "expression_running_idx" ON "expression"("replica_id") WHERE (status = 'RUNNING');

-- CreateIndex
CREATE INDEX "expression_unpurged_idx" ON "expression"("finished_at") WHERE (finished_at IS NOT NULL AND purged_at IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "expression_owner_id_request_id_key" ON "expression"("owner_id", "request_id");

-- AddForeignKey
ALTER TABLE "refresh_token" ADD CONSTRAINT "refresh_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_token" ADD CONSTRAINT "agent_token_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "user_account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "agent_token"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "expression" ADD CONSTRAINT "expression_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema language cannot say. The first user to register is the admin; the durations start at a second.
ALTER TABLE "operation" ADD CONSTRAINT "operation_duration_ms_check" CHECK ("duration_ms" BETWEEN 0 AND 65535);
ALTER TABLE "agent" ADD CONSTRAINT "agent_slots_check" CHECK ("slots" BETWEEN 1 AND 1024);
ALTER TABLE "user_account" ADD CONSTRAINT "user_account_email_check" CHECK ("email" = lower("email"));
ALTER TABLE "expression" ADD CONSTRAINT "expression_finished_check"
  CHECK (("status" IN ('SUCCEEDED', 'FAILED', 'CANCELLED')) = ("finished_at" IS NOT NULL));
ALTER TABLE "expression" ADD CONSTRAINT "expression_result_check" CHECK (("status" = 'SUCCEEDED') = ("result" IS NOT NULL));
ALTER TABLE "expression" ADD CONSTRAINT "expression_failure_check" CHECK (("status" = 'FAILED') = ("failure" IS NOT NULL));

INSERT INTO "operation" ("kind", "duration_ms")
VALUES ('ADD', 1000), ('SUBTRACT', 1000), ('MULTIPLY', 1000), ('DIVIDE', 1000), ('POWER', 1000);
