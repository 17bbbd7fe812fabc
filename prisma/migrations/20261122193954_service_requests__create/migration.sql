-- AlterTable
ALTER TABLE "attachments" ADD COLUMN     "request_id" UUID,
ALTER COLUMN "uploaded_by_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "request_types" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "shipped_key" TEXT,
    "behaviour" TEXT NOT NULL DEFAULT 'plain',
    "default_priority" INTEGER NOT NULL DEFAULT 2,
    "team_id" UUID,
    "skill_id" UUID,
    "is_surveyed" BOOLEAN NOT NULL DEFAULT true,
    "is_public" BOOLEAN NOT NULL DEFAULT true,
    "position" INTEGER NOT NULL DEFAULT 0,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_types_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_categories" (
    "id" UUID NOT NULL,
    "parent_id" UUID,
    "type_id" UUID,
    "name" TEXT NOT NULL,
    "skill_id" UUID,
    "position" INTEGER NOT NULL DEFAULT 0,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_categories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_states" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "shipped_key" TEXT,
    "category" TEXT NOT NULL,
    "is_initial" BOOLEAN NOT NULL DEFAULT false,
    "color" TEXT NOT NULL DEFAULT 'secondary',
    "position" INTEGER NOT NULL DEFAULT 0,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_states_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_transitions" (
    "id" UUID NOT NULL,
    "from_state_id" UUID NOT NULL,
    "to_state_id" UUID NOT NULL,
    "permission" TEXT NOT NULL,
    "required_fields" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_transitions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "classification_rules" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "conditions" JSONB NOT NULL,
    "outcome" JSONB NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "classification_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_requests" (
    "id" UUID NOT NULL,
    "request_no" TEXT NOT NULL,
    "source_no" TEXT,
    "type_id" UUID NOT NULL,
    "category_id" UUID,
    "state_id" UUID NOT NULL,
    "state_category" TEXT NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 2,
    "channel" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "description" TEXT,
    "customer_id" UUID,
    "served_thing_id" UUID,
    "branch_id" UUID,
    "team_id" UUID,
    "assignee_id" UUID,
    "assigned_at" TIMESTAMPTZ(3),
    "unassigned_reason" JSONB,
    "place" TEXT,
    "classified_by" JSONB,
    "resolution" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "first_responded_at" TIMESTAMPTZ(3),
    "customer_waits_since" TIMESTAMPTZ(3),
    "last_entry_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "reopened_at" TIMESTAMPTZ(3),
    "reopen_count" INTEGER NOT NULL DEFAULT 0,
    "policy_id" UUID,
    "deadline_basis" JSONB,
    "first_response_due_at" TIMESTAMPTZ(3),
    "update_due_at" TIMESTAMPTZ(3),
    "resolution_due_at" TIMESTAMPTZ(3),
    "next_due_at" TIMESTAMPTZ(3),
    "next_due_kind" TEXT,
    "next_warning_at" TIMESTAMPTZ(3),
    "response_minutes" INTEGER,
    "responded_in_time" BOOLEAN,
    "resolution_minutes" INTEGER,
    "resolved_in_time" BOOLEAN,
    "origin" TEXT,
    "created_by_id" UUID,
    "deleted_at" TIMESTAMPTZ(3),
    "deleted_by_id" UUID,
    "merged_into_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_entries" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "channel" TEXT,
    "author_id" UUID,
    "article_id" UUID,
    "happened_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_state_changes" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "from_state_id" UUID,
    "to_state_id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "reason" TEXT,
    "changed_by_id" UUID,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_state_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_assignments" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "assignee_id" UUID,
    "way" TEXT NOT NULL,
    "reason" JSONB,
    "assigned_by_id" UUID,
    "assigned_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_assignments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_relations" (
    "id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_relations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_viewers" (
    "request_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "is_writing" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "request_viewers_pkey" PRIMARY KEY ("request_id","user_id")
);

-- CreateTable
CREATE TABLE "complaint_causes" (
    "id" UUID NOT NULL,
    "parent_id" UUID,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "complaint_causes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaints" (
    "id" UUID NOT NULL,
    "cause_id" UUID,
    "responsibility" TEXT,
    "responsible_id" UUID,
    "remedy" TEXT,
    "cost" DECIMAL(12,2),
    "root_cause" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "complaints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "return_visits" (
    "id" UUID NOT NULL,
    "plan_id" UUID,
    "window_from" DATE NOT NULL,
    "window_to" DATE NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_on" DATE NOT NULL,
    "outcome" TEXT,
    "reactivated_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "return_visits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "return_visit_plans" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "type_id" UUID,
    "item" TEXT,
    "days_after" INTEGER NOT NULL,
    "window_days" INTEGER NOT NULL DEFAULT 3,
    "max_attempts" INTEGER NOT NULL DEFAULT 3,
    "retry_days" INTEGER NOT NULL DEFAULT 2,
    "owner_rule" TEXT NOT NULL DEFAULT 'customerOwner',
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "return_visit_plans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recurring_requests" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "served_thing_id" UUID,
    "type_id" UUID NOT NULL,
    "category_id" UUID,
    "subject" TEXT NOT NULL,
    "description" TEXT,
    "assignee_id" UUID,
    "unit" TEXT NOT NULL,
    "every" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "next_on" DATE,
    "ends_on" DATE,
    "lead_days" INTEGER NOT NULL DEFAULT 0,
    "created_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recurring_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "working_calendars" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "shipped_key" TEXT,
    "time_zone" TEXT NOT NULL,
    "weekly" JSONB NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "working_calendars_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "working_calendar_exceptions" (
    "id" UUID NOT NULL,
    "calendar_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "windows" JSONB NOT NULL,
    "name" JSONB NOT NULL,
    "origin" TEXT NOT NULL DEFAULT 'own',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "working_calendar_exceptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deadline_policies" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type_id" UUID,
    "priority" INTEGER,
    "tier_id" UUID,
    "calendar_id" UUID NOT NULL,
    "first_response_minutes" INTEGER,
    "update_minutes" INTEGER,
    "resolution_minutes" INTEGER,
    "warning_minutes" INTEGER NOT NULL DEFAULT 30,
    "escalation_user_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "position" INTEGER NOT NULL DEFAULT 0,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deadline_policies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_deadline_notices" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_deadline_notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "skills" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "skills_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_skills" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "skill_id" UUID NOT NULL,

    CONSTRAINT "staff_skills_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_capacities" (
    "id" UUID NOT NULL,
    "maximum_open" INTEGER NOT NULL DEFAULT 10,
    "weight" INTEGER NOT NULL DEFAULT 100,
    "takes_automatic" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_capacities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_shifts" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "weekday" INTEGER NOT NULL,
    "from_minute" INTEGER NOT NULL,
    "to_minute" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_shifts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_absences" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "reason" TEXT NOT NULL DEFAULT 'holiday',
    "substitute_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_absences_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "surveys" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "staff_id" UUID,
    "staff_name" TEXT,
    "round" INTEGER NOT NULL DEFAULT 1,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "locale" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "sent_by" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "service_score" INTEGER,
    "staff_score" INTEGER,
    "reasons" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "comment" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "surveys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey_corrections" (
    "id" UUID NOT NULL,
    "survey_id" UUID NOT NULL,
    "service_score" INTEGER NOT NULL,
    "staff_score" INTEGER,
    "reasons" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "comment" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "survey_corrections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "used_nonces" (
    "nonce_hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "used_nonces_pkey" PRIMARY KEY ("nonce_hash")
);

-- CreateTable
CREATE TABLE "personal_links" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "request_id" UUID,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "created_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "personal_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "canned_answers" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "shortcut" TEXT,
    "body" TEXT NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "canned_answers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "articles" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "is_public" BOOLEAN NOT NULL DEFAULT false,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "articles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article_versions" (
    "id" UUID NOT NULL,
    "article_id" UUID NOT NULL,
    "version_no" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "author_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "article_versions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "request_types_name_key" ON "request_types"("name");

-- CreateIndex
CREATE UNIQUE INDEX "request_types_shipped_key_key" ON "request_types"("shipped_key");

-- CreateIndex
CREATE INDEX "request_categories_type_id_idx" ON "request_categories"("type_id");

-- CreateIndex
CREATE UNIQUE INDEX "request_states_name_key" ON "request_states"("name");

-- CreateIndex
CREATE UNIQUE INDEX "request_states_shipped_key_key" ON "request_states"("shipped_key");

-- CreateIndex
CREATE UNIQUE INDEX "request_states_id_category_key" ON "request_states"("id", "category");

-- CreateIndex
CREATE INDEX "request_transitions_to_state_id_idx" ON "request_transitions"("to_state_id");

-- CreateIndex
CREATE UNIQUE INDEX "request_transitions_from_state_id_to_state_id_key" ON "request_transitions"("from_state_id", "to_state_id");

-- CreateIndex
CREATE UNIQUE INDEX "classification_rules_name_key" ON "classification_rules"("name");

-- CreateIndex
CREATE UNIQUE INDEX "service_requests_request_no_key" ON "service_requests"("request_no");

-- CreateIndex
CREATE UNIQUE INDEX "service_requests_source_no_key" ON "service_requests"("source_no");

-- CreateIndex
CREATE UNIQUE INDEX "service_requests_origin_key" ON "service_requests"("origin");

-- CreateIndex
CREATE INDEX "service_requests_customer_id_received_at_id_idx" ON "service_requests"("customer_id", "received_at", "id");

-- CreateIndex
CREATE INDEX "service_requests_served_thing_id_idx" ON "service_requests"("served_thing_id");

-- CreateIndex
CREATE INDEX "service_requests_branch_id_received_at_id_idx" ON "service_requests"("branch_id", "received_at", "id");

-- CreateIndex
CREATE INDEX "service_requests_type_id_received_at_id_idx" ON "service_requests"("type_id", "received_at", "id");

-- CreateIndex
CREATE INDEX "service_requests_category_id_received_at_id_idx" ON "service_requests"("category_id", "received_at", "id");

-- CreateIndex
CREATE INDEX "service_requests_policy_id_idx" ON "service_requests"("policy_id");

-- CreateIndex
CREATE INDEX "service_requests_merged_into_id_idx" ON "service_requests"("merged_into_id");

-- CreateIndex
CREATE INDEX "request_entries_request_id_happened_at_id_idx" ON "request_entries"("request_id", "happened_at", "id");

-- CreateIndex
CREATE INDEX "request_entries_author_id_idx" ON "request_entries"("author_id");

-- CreateIndex
CREATE INDEX "request_entries_article_id_idx" ON "request_entries"("article_id");

-- CreateIndex
CREATE INDEX "request_state_changes_request_id_changed_at_id_idx" ON "request_state_changes"("request_id", "changed_at", "id");

-- CreateIndex
CREATE INDEX "request_state_changes_from_state_id_idx" ON "request_state_changes"("from_state_id");

-- CreateIndex
CREATE INDEX "request_state_changes_to_state_id_idx" ON "request_state_changes"("to_state_id");

-- CreateIndex
CREATE INDEX "request_assignments_request_id_assigned_at_id_idx" ON "request_assignments"("request_id", "assigned_at", "id");

-- CreateIndex
CREATE INDEX "request_assignments_assignee_id_assigned_at_idx" ON "request_assignments"("assignee_id", "assigned_at");

-- CreateIndex
CREATE INDEX "request_relations_to_id_idx" ON "request_relations"("to_id");

-- CreateIndex
CREATE UNIQUE INDEX "request_relations_from_id_to_id_kind_key" ON "request_relations"("from_id", "to_id", "kind");

-- CreateIndex
CREATE INDEX "complaints_cause_id_idx" ON "complaints"("cause_id");

-- CreateIndex
CREATE INDEX "complaints_responsible_id_idx" ON "complaints"("responsible_id");

-- CreateIndex
CREATE INDEX "return_visits_next_attempt_on_id_idx" ON "return_visits"("next_attempt_on", "id");

-- CreateIndex
CREATE INDEX "return_visits_plan_id_idx" ON "return_visits"("plan_id");

-- CreateIndex
CREATE UNIQUE INDEX "return_visit_plans_name_key" ON "return_visit_plans"("name");

-- CreateIndex
CREATE INDEX "return_visit_plans_type_id_idx" ON "return_visit_plans"("type_id");

-- CreateIndex
CREATE INDEX "recurring_requests_customer_id_idx" ON "recurring_requests"("customer_id");

-- CreateIndex
CREATE INDEX "recurring_requests_served_thing_id_idx" ON "recurring_requests"("served_thing_id");

-- CreateIndex
CREATE INDEX "recurring_requests_next_on_id_idx" ON "recurring_requests"("next_on", "id");

-- CreateIndex
CREATE UNIQUE INDEX "working_calendars_name_key" ON "working_calendars"("name");

-- CreateIndex
CREATE UNIQUE INDEX "working_calendars_shipped_key_key" ON "working_calendars"("shipped_key");

-- CreateIndex
CREATE UNIQUE INDEX "working_calendar_exceptions_calendar_id_day_key" ON "working_calendar_exceptions"("calendar_id", "day");

-- CreateIndex
CREATE UNIQUE INDEX "deadline_policies_name_key" ON "deadline_policies"("name");

-- CreateIndex
CREATE INDEX "deadline_policies_type_id_idx" ON "deadline_policies"("type_id");

-- CreateIndex
CREATE INDEX "deadline_policies_tier_id_idx" ON "deadline_policies"("tier_id");

-- CreateIndex
CREATE INDEX "deadline_policies_calendar_id_idx" ON "deadline_policies"("calendar_id");

-- CreateIndex
CREATE UNIQUE INDEX "request_deadline_notices_request_id_kind_stage_deadline_key" ON "request_deadline_notices"("request_id", "kind", "stage", "deadline");

-- CreateIndex
CREATE UNIQUE INDEX "skills_name_key" ON "skills"("name");

-- CreateIndex
CREATE INDEX "staff_skills_skill_id_idx" ON "staff_skills"("skill_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_skills_user_id_skill_id_key" ON "staff_skills"("user_id", "skill_id");

-- CreateIndex
CREATE INDEX "staff_shifts_user_id_weekday_idx" ON "staff_shifts"("user_id", "weekday");

-- CreateIndex
CREATE INDEX "staff_absences_user_id_from_day_idx" ON "staff_absences"("user_id", "from_day");

-- CreateIndex
CREATE INDEX "staff_absences_to_day_idx" ON "staff_absences"("to_day");

-- CreateIndex
CREATE INDEX "staff_absences_substitute_id_idx" ON "staff_absences"("substitute_id");

-- CreateIndex
CREATE UNIQUE INDEX "surveys_token_hash_key" ON "surveys"("token_hash");

-- CreateIndex
CREATE INDEX "surveys_customer_id_created_at_idx" ON "surveys"("customer_id", "created_at");

-- CreateIndex
CREATE INDEX "surveys_staff_id_answered_at_idx" ON "surveys"("staff_id", "answered_at");

-- CreateIndex
CREATE INDEX "surveys_answered_at_id_idx" ON "surveys"("answered_at", "id");

-- CreateIndex
CREATE INDEX "surveys_closed_at_id_idx" ON "surveys"("closed_at", "id");

-- CreateIndex
CREATE INDEX "surveys_staff_id_closed_at_id_idx" ON "surveys"("staff_id", "closed_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "surveys_request_id_closed_at_key" ON "surveys"("request_id", "closed_at");

-- CreateIndex
CREATE INDEX "survey_corrections_survey_id_created_at_idx" ON "survey_corrections"("survey_id", "created_at");

-- CreateIndex
CREATE INDEX "used_nonces_used_at_idx" ON "used_nonces"("used_at");

-- CreateIndex
CREATE UNIQUE INDEX "personal_links_token_hash_key" ON "personal_links"("token_hash");

-- CreateIndex
CREATE INDEX "personal_links_customer_id_idx" ON "personal_links"("customer_id");

-- CreateIndex
CREATE INDEX "personal_links_request_id_idx" ON "personal_links"("request_id");

-- CreateIndex
CREATE INDEX "personal_links_created_by_id_idx" ON "personal_links"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "canned_answers_name_key" ON "canned_answers"("name");

-- CreateIndex
CREATE UNIQUE INDEX "canned_answers_shortcut_key" ON "canned_answers"("shortcut");

-- CreateIndex
CREATE INDEX "article_versions_author_id_idx" ON "article_versions"("author_id");

-- CreateIndex
CREATE UNIQUE INDEX "article_versions_article_id_version_no_key" ON "article_versions"("article_id", "version_no");

-- CreateIndex
CREATE INDEX "attachments_request_id_idx" ON "attachments"("request_id");

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "service_requests"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_types" ADD CONSTRAINT "request_types_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_types" ADD CONSTRAINT "request_types_skill_id_fkey" FOREIGN KEY ("skill_id") REFERENCES "skills"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_categories" ADD CONSTRAINT "request_categories_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "request_categories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_categories" ADD CONSTRAINT "request_categories_type_id_fkey" FOREIGN KEY ("type_id") REFERENCES "request_types"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_categories" ADD CONSTRAINT "request_categories_skill_id_fkey" FOREIGN KEY ("skill_id") REFERENCES "skills"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_transitions" ADD CONSTRAINT "request_transitions_from_state_id_fkey" FOREIGN KEY ("from_state_id") REFERENCES "request_states"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_transitions" ADD CONSTRAINT "request_transitions_to_state_id_fkey" FOREIGN KEY ("to_state_id") REFERENCES "request_states"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_requests" ADD CONSTRAINT "service_requests_type_id_fkey" FOREIGN KEY ("type_id") REFERENCES "request_types"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_requests" ADD CONSTRAINT "service_requests_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "request_categories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_requests" ADD CONSTRAINT "service_requests_state_id_state_category_fkey" FOREIGN KEY ("state_id", "state_category") REFERENCES "request_states"("id", "category") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "service_requests" ADD CONSTRAINT "service_requests_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_requests" ADD CONSTRAINT "service_requests_served_thing_id_fkey" FOREIGN KEY ("served_thing_id") REFERENCES "served_things"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_requests" ADD CONSTRAINT "service_requests_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branches"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_requests" ADD CONSTRAINT "service_requests_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_requests" ADD CONSTRAINT "service_requests_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_requests" ADD CONSTRAINT "service_requests_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_requests" ADD CONSTRAINT "service_requests_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "deadline_policies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_requests" ADD CONSTRAINT "service_requests_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "service_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_entries" ADD CONSTRAINT "request_entries_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "service_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_entries" ADD CONSTRAINT "request_entries_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_entries" ADD CONSTRAINT "request_entries_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_state_changes" ADD CONSTRAINT "request_state_changes_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "service_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_state_changes" ADD CONSTRAINT "request_state_changes_from_state_id_fkey" FOREIGN KEY ("from_state_id") REFERENCES "request_states"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_state_changes" ADD CONSTRAINT "request_state_changes_to_state_id_fkey" FOREIGN KEY ("to_state_id") REFERENCES "request_states"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_state_changes" ADD CONSTRAINT "request_state_changes_changed_by_id_fkey" FOREIGN KEY ("changed_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_assignments" ADD CONSTRAINT "request_assignments_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "service_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_assignments" ADD CONSTRAINT "request_assignments_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_assignments" ADD CONSTRAINT "request_assignments_assigned_by_id_fkey" FOREIGN KEY ("assigned_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_relations" ADD CONSTRAINT "request_relations_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "service_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_relations" ADD CONSTRAINT "request_relations_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "service_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_viewers" ADD CONSTRAINT "request_viewers_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "service_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_viewers" ADD CONSTRAINT "request_viewers_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_causes" ADD CONSTRAINT "complaint_causes_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "complaint_causes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_id_fkey" FOREIGN KEY ("id") REFERENCES "service_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_cause_id_fkey" FOREIGN KEY ("cause_id") REFERENCES "complaint_causes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_responsible_id_fkey" FOREIGN KEY ("responsible_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "return_visits" ADD CONSTRAINT "return_visits_id_fkey" FOREIGN KEY ("id") REFERENCES "service_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "return_visits" ADD CONSTRAINT "return_visits_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "return_visit_plans"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "return_visit_plans" ADD CONSTRAINT "return_visit_plans_type_id_fkey" FOREIGN KEY ("type_id") REFERENCES "request_types"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recurring_requests" ADD CONSTRAINT "recurring_requests_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recurring_requests" ADD CONSTRAINT "recurring_requests_served_thing_id_fkey" FOREIGN KEY ("served_thing_id") REFERENCES "served_things"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recurring_requests" ADD CONSTRAINT "recurring_requests_type_id_fkey" FOREIGN KEY ("type_id") REFERENCES "request_types"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recurring_requests" ADD CONSTRAINT "recurring_requests_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "request_categories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recurring_requests" ADD CONSTRAINT "recurring_requests_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recurring_requests" ADD CONSTRAINT "recurring_requests_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "working_calendar_exceptions" ADD CONSTRAINT "working_calendar_exceptions_calendar_id_fkey" FOREIGN KEY ("calendar_id") REFERENCES "working_calendars"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deadline_policies" ADD CONSTRAINT "deadline_policies_type_id_fkey" FOREIGN KEY ("type_id") REFERENCES "request_types"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deadline_policies" ADD CONSTRAINT "deadline_policies_tier_id_fkey" FOREIGN KEY ("tier_id") REFERENCES "tiers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deadline_policies" ADD CONSTRAINT "deadline_policies_calendar_id_fkey" FOREIGN KEY ("calendar_id") REFERENCES "working_calendars"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_deadline_notices" ADD CONSTRAINT "request_deadline_notices_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "service_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_skills" ADD CONSTRAINT "staff_skills_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_skills" ADD CONSTRAINT "staff_skills_skill_id_fkey" FOREIGN KEY ("skill_id") REFERENCES "skills"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_capacities" ADD CONSTRAINT "staff_capacities_id_fkey" FOREIGN KEY ("id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_shifts" ADD CONSTRAINT "staff_shifts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_absences" ADD CONSTRAINT "staff_absences_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_absences" ADD CONSTRAINT "staff_absences_substitute_id_fkey" FOREIGN KEY ("substitute_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "surveys" ADD CONSTRAINT "surveys_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "service_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "surveys" ADD CONSTRAINT "surveys_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "surveys" ADD CONSTRAINT "surveys_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_corrections" ADD CONSTRAINT "survey_corrections_survey_id_fkey" FOREIGN KEY ("survey_id") REFERENCES "surveys"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "personal_links" ADD CONSTRAINT "personal_links_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "personal_links" ADD CONSTRAINT "personal_links_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "service_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "personal_links" ADD CONSTRAINT "personal_links_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_versions" ADD CONSTRAINT "article_versions_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_versions" ADD CONSTRAINT "article_versions_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Numbers of requests go on over the years; the year stands before them.
CREATE SEQUENCE service_request_numbers;

SELECT audit_table('request_types');
SELECT audit_table('request_categories');
SELECT audit_table('request_states');
SELECT audit_table('request_transitions');
SELECT audit_table('classification_rules');
SELECT audit_table('service_requests');
SELECT audit_table('request_entries');
SELECT audit_table('request_state_changes');
SELECT audit_table('request_assignments');
SELECT audit_table('request_relations');
SELECT audit_table('complaint_causes');
SELECT audit_table('complaints');
SELECT audit_table('return_visits');
SELECT audit_table('return_visit_plans');
SELECT audit_table('recurring_requests');
SELECT audit_table('working_calendars');
SELECT audit_table('working_calendar_exceptions');
SELECT audit_table('deadline_policies');
SELECT audit_table('request_deadline_notices');
SELECT audit_table('skills');
SELECT audit_table('staff_skills');
SELECT audit_table('staff_capacities');
SELECT audit_table('staff_shifts');
SELECT audit_table('staff_absences');
SELECT audit_table('surveys');
SELECT audit_table('survey_corrections');
SELECT audit_table('personal_links');
SELECT audit_table('canned_answers');
SELECT audit_table('articles');
SELECT audit_table('article_versions');

ALTER TABLE request_types
  ADD CONSTRAINT request_types_behaviour_check CHECK (behaviour IN ('plain', 'complaint', 'returnVisit', 'recovery')),
  ADD CONSTRAINT request_types_priority_check CHECK (default_priority BETWEEN 1 AND 4);
ALTER TABLE request_states
  ADD CONSTRAINT request_states_category_check CHECK (category IN ('open', 'waiting', 'done')),
  ADD CONSTRAINT request_states_initial_check CHECK (NOT is_initial OR (category = 'open' AND archived_at IS NULL));
CREATE UNIQUE INDEX request_states_initial ON request_states (is_initial) WHERE is_initial;
ALTER TABLE request_transitions
  ADD CONSTRAINT request_transitions_step_check CHECK (from_state_id <> to_state_id);
ALTER TABLE service_requests
  ADD CONSTRAINT service_requests_priority_check CHECK (priority BETWEEN 1 AND 4),
  ADD CONSTRAINT service_requests_channel_check
    CHECK (channel IN ('phone', 'wechat', 'sms', 'email', 'in_person', 'online', 'other')),
  ADD CONSTRAINT service_requests_closed_check CHECK ((state_category = 'done') = (closed_at IS NOT NULL)),
  ADD CONSTRAINT service_requests_due_kind_check CHECK (next_due_kind IN ('firstResponse', 'update', 'resolution')),
  ADD CONSTRAINT service_requests_customer_check CHECK (customer_id IS NOT NULL OR source_no IS NOT NULL),
  ADD CONSTRAINT service_requests_merged_check CHECK (merged_into_id IS NULL OR deleted_at IS NOT NULL);
ALTER TABLE request_entries
  ADD CONSTRAINT request_entries_kind_check CHECK (kind IN ('note', 'reply', 'customerWord'));
ALTER TABLE request_state_changes
  ADD CONSTRAINT request_state_changes_category_check CHECK (category IN ('open', 'waiting', 'done'));
ALTER TABLE request_assignments
  ADD CONSTRAINT request_assignments_way_check CHECK (way IN ('byHand', 'taken', 'automatic', 'released', 'absence'));
ALTER TABLE request_relations
  ADD CONSTRAINT request_relations_kind_check CHECK (kind IN ('related', 'splitFrom', 'followsUp', 'recovers')),
  ADD CONSTRAINT request_relations_ends_check CHECK (from_id <> to_id);
ALTER TABLE complaints
  ADD CONSTRAINT complaints_responsibility_check
    CHECK (responsibility IN ('staff', 'process', 'product', 'supplier', 'customer', 'nobody')),
  ADD CONSTRAINT complaints_cost_check CHECK (cost >= 0);
ALTER TABLE return_visits
  ADD CONSTRAINT return_visits_window_check CHECK (window_from <= window_to),
  ADD CONSTRAINT return_visits_outcome_check CHECK (outcome IN ('kept', 'moved', 'missed', 'declined'));
ALTER TABLE return_visit_plans
  ADD CONSTRAINT return_visit_plans_trigger_check CHECK (trigger IN ('afterClosing', 'afterPurchase', 'rhythm')),
  ADD CONSTRAINT return_visit_plans_numbers_check
    CHECK (days_after BETWEEN 0 AND 1095 AND window_days BETWEEN 1 AND 90 AND max_attempts BETWEEN 1 AND 20 AND retry_days BETWEEN 1 AND 90),
  ADD CONSTRAINT return_visit_plans_owner_check CHECK (owner_rule IN ('customerOwner', 'assignee'));
ALTER TABLE recurring_requests
  ADD CONSTRAINT recurring_requests_rule_check
    CHECK (unit IN ('day', 'week', 'month') AND every BETWEEN 1 AND 366 AND lead_days BETWEEN 0 AND 90),
  ADD CONSTRAINT recurring_requests_end_check CHECK (ends_on IS NULL OR ends_on >= starts_on);
CREATE UNIQUE INDEX working_calendars_default ON working_calendars (is_default) WHERE is_default;
ALTER TABLE working_calendar_exceptions
  ADD CONSTRAINT working_calendar_exceptions_origin_check CHECK (origin IN ('shipped', 'imported', 'own'));
ALTER TABLE deadline_policies
  ADD CONSTRAINT deadline_policies_priority_check CHECK (priority BETWEEN 1 AND 4),
  ADD CONSTRAINT deadline_policies_targets_check CHECK (
    coalesce(first_response_minutes, update_minutes, resolution_minutes) IS NOT NULL
    AND least(first_response_minutes, update_minutes, resolution_minutes) >= 1
    AND greatest(first_response_minutes, update_minutes, resolution_minutes) <= 100000
    AND warning_minutes BETWEEN 0 AND 10000);
ALTER TABLE request_deadline_notices
  ADD CONSTRAINT request_deadline_notices_kind_check CHECK (kind IN ('firstResponse', 'update', 'resolution')),
  ADD CONSTRAINT request_deadline_notices_stage_check CHECK (stage IN ('warning', 'escalation'));
ALTER TABLE staff_capacities
  ADD CONSTRAINT staff_capacities_numbers_check CHECK (maximum_open BETWEEN 0 AND 1000 AND weight BETWEEN 1 AND 1000);
ALTER TABLE staff_shifts
  ADD CONSTRAINT staff_shifts_hours_check
    CHECK (weekday BETWEEN 1 AND 7 AND from_minute >= 0 AND from_minute < to_minute AND to_minute <= 1440);
ALTER TABLE staff_absences
  ADD CONSTRAINT staff_absences_days_check CHECK (from_day <= to_day),
  ADD CONSTRAINT staff_absences_substitute_check CHECK (substitute_id <> user_id),
  ADD CONSTRAINT staff_absences_reason_check CHECK (reason IN ('holiday', 'sick', 'training', 'other'));
ALTER TABLE surveys
  ADD CONSTRAINT surveys_scores_check CHECK (
    service_score BETWEEN 1 AND 5 AND staff_score BETWEEN 1 AND 5 AND (answered_at IS NULL) = (service_score IS NULL));
ALTER TABLE survey_corrections
  ADD CONSTRAINT survey_corrections_scores_check CHECK (service_score BETWEEN 1 AND 5 AND staff_score BETWEEN 1 AND 5);
ALTER TABLE personal_links
  ADD CONSTRAINT personal_links_kind_check CHECK (kind IN ('request', 'customer') AND (kind = 'request') = (request_id IS NOT NULL));

-- Names stand once among their neighbours.
CREATE UNIQUE INDEX request_categories_name ON request_categories (coalesce(parent_id, type_id, '00000000-0000-0000-0000-000000000000'), name);
CREATE UNIQUE INDEX complaint_causes_name ON complaint_causes (coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), name);

-- Lists of all requests, newest first: everybody's, of a state, of an assignee, of a team, of whoever took them in.
CREATE INDEX service_requests_list ON service_requests (received_at, id) WHERE deleted_at IS NULL;
CREATE INDEX service_requests_list_of_state ON service_requests (state_id, received_at, id) WHERE deleted_at IS NULL;
CREATE INDEX service_requests_list_of_assignee ON service_requests (assignee_id, received_at, id) WHERE deleted_at IS NULL;
CREATE INDEX service_requests_list_of_team ON service_requests (team_id, received_at, id) WHERE deleted_at IS NULL;
CREATE INDEX service_requests_list_of_creator ON service_requests (created_by_id, received_at, id) WHERE deleted_at IS NULL;
CREATE INDEX service_requests_deleted ON service_requests (deleted_at, id) WHERE deleted_at IS NOT NULL;

-- Work that is not done, the most urgent first; without a deadline it comes last.
CREATE INDEX service_requests_work ON service_requests (coalesce(next_due_at, '9999-12-31 00:00+00'), id)
  WHERE deleted_at IS NULL AND state_category <> 'done';
CREATE INDEX service_requests_work_of_state ON service_requests (state_id, coalesce(next_due_at, '9999-12-31 00:00+00'), id)
  WHERE deleted_at IS NULL AND state_category <> 'done';
CREATE INDEX service_requests_work_of_assignee ON service_requests (assignee_id, coalesce(next_due_at, '9999-12-31 00:00+00'), id)
  WHERE deleted_at IS NULL AND state_category <> 'done';
CREATE INDEX service_requests_work_of_team ON service_requests (team_id, coalesce(next_due_at, '9999-12-31 00:00+00'), id)
  WHERE deleted_at IS NULL AND state_category <> 'done';
CREATE INDEX service_requests_unassigned ON service_requests (coalesce(next_due_at, '9999-12-31 00:00+00'), id)
  WHERE deleted_at IS NULL AND state_category <> 'done' AND assignee_id IS NULL;
CREATE INDEX service_requests_warnings ON service_requests (next_warning_at) WHERE deleted_at IS NULL AND next_warning_at IS NOT NULL;
CREATE INDEX service_requests_open_of_customer ON service_requests (customer_id) WHERE deleted_at IS NULL AND state_category <> 'done';

-- Found by number, by words of the subject, and by its characters where two of them hold no trigram.
CREATE INDEX service_requests_number_prefix ON service_requests (upper(request_no) text_pattern_ops);
CREATE INDEX service_requests_subject_part ON service_requests USING gin (lower(subject) gin_trgm_ops);
CREATE INDEX service_requests_subject_characters ON service_requests USING gin (string_to_array(lower(subject), NULL));
CREATE INDEX articles_text_part ON articles USING gin (lower(title || ' ' || body) gin_trgm_ops);
CREATE INDEX articles_text_characters ON articles USING gin (string_to_array(lower(title || ' ' || body), NULL));

-- Return visits that go on, in the order in which they are called, and those that are over; requests by when they were closed.
CREATE INDEX return_visits_open ON return_visits (window_from, id) WHERE outcome IS NULL;
CREATE INDEX return_visits_done ON return_visits (window_from, id) WHERE outcome IS NOT NULL;
CREATE INDEX service_requests_closed ON service_requests (closed_at) WHERE deleted_at IS NULL AND closed_at IS NOT NULL;
