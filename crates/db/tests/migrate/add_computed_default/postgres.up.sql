ALTER TABLE "notes" ADD COLUMN "token" uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE "notes" ADD COLUMN "at" timestamp with time zone NOT NULL DEFAULT now();
ALTER TABLE "notes" ADD COLUMN "changed_at" timestamp without time zone NOT NULL DEFAULT (now() AT TIME ZONE 'UTC');
ALTER TABLE "notes" ADD COLUMN "day" date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date;
ALTER TABLE "notes" ADD CONSTRAINT "notes_token_key" UNIQUE ("token");
