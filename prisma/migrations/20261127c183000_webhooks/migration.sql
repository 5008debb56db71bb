-- CreateTable
CREATE TABLE "webhook" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" "expression_status"[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "paused_at" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_reason" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "resumes_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "expression_id" UUID,
    "data" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "gives_up_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP + INTERVAL '26 hours',
    "delivered_at" TIMESTAMPTZ(3),
    "last_attempt_at" TIMESTAMPTZ(3),
    "answer_status" INTEGER,
    "answer" TEXT,
    "problem" TEXT,
    "took_ms" INTEGER,

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "webhook_user_id_idx" ON "webhook"("user_id");

-- CreateIndex
CREATE INDEX "webhook_delivery_webhook_id_id_idx" ON "webhook_delivery"("webhook_id", "id" DESC);

-- CreateIndex
CREATE INDEX "webhook_delivery_due_idx" ON "webhook_delivery"("webhook_id", "next_attempt_at") WHERE (next_attempt_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "webhook_delivery_created_at_idx" ON "webhook_delivery"("created_at");

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whatever statement ends expressions notes in its transaction who is to be told: a server that is killed loses nothing of it. Once a statement and
-- not once a row, and with a first look whether there is any webhook at all: see decision 44. What else is written to an expression that has
-- ended comes later than its end. Ids are UUIDs of version 7, so that the newest rows stand at the end of the index.
CREATE FUNCTION "note_webhook_deliveries"() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
  IF NOT EXISTS (SELECT FROM webhook) THEN RETURN NULL; END IF;
  INSERT INTO webhook_delivery (id, webhook_id, event, expression_id, data)
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
           PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
           52, 1), 53, 1), ''hex'')::uuid,
         webhook.id, ''expression.'' || lower(status::text), ended.id,
         json_build_object(''requestId'', request_id, ''status'', status, ''result'', result, ''failure'', failure,
           ''operations'', operation_count, ''createdAt'', ended.created_at, ''finishedAt'', finished_at)
    FROM written AS ended JOIN webhook ON user_id = owner_id
   WHERE finished_at >= CURRENT_TIMESTAMP(3) AND paused_at IS NULL AND disabled_at IS NULL AND status = ANY (events);
  RETURN NULL;
END';

CREATE TRIGGER "webhooks_of_ended" AFTER UPDATE ON "expression" REFERENCING NEW TABLE AS "written"
  FOR EACH STATEMENT EXECUTE FUNCTION "note_webhook_deliveries"();

-- Those that need no agent end as they are submitted.
CREATE TRIGGER "webhooks_of_ended_at_once" AFTER INSERT ON "expression" REFERENCING NEW TABLE AS "written"
  FOR EACH STATEMENT EXECUTE FUNCTION "note_webhook_deliveries"();
