CREATE INDEX "failed_attempt_agent_id_idx" ON "failed_attempt"("agent_id");
