CREATE TABLE "categories" (
  "id"        INTEGER NOT NULL,
  "name"      TEXT NOT NULL,
  "parent_id" INTEGER,
  "position"  INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT "categories_pkey" PRIMARY KEY ("id" AUTOINCREMENT),
  CONSTRAINT "categories_name_taken" UNIQUE ("name"),
  CONSTRAINT "categories_position_range_check" CHECK ("position" >= 0),
  CONSTRAINT "categories_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "categories_position_type" CHECK ("position" BETWEEN -32768 AND 32767),
  CONSTRAINT "categories_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "categories" ("id") ON DELETE RESTRICT
) STRICT;

CREATE TABLE "opening_hours" (
  "weekday" INT NOT NULL,
  "opens"   TEXT NOT NULL,
  "closes"  TEXT NOT NULL,
  CONSTRAINT "opening_hours_pkey" PRIMARY KEY ("weekday"),
  CONSTRAINT "opening_hours_weekday_range_check" CHECK ("weekday" BETWEEN 1 AND 7),
  CONSTRAINT "opening_hours_closes_range_check" CHECK ("closes" <= '22:00:00.000000'),
  CONSTRAINT "opens_before_it_closes" CHECK (opens < closes),
  CONSTRAINT "opening_hours_weekday_type" CHECK ("weekday" BETWEEN -32768 AND 32767),
  CONSTRAINT "opening_hours_opens_type" CHECK ("opens" GLOB '[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]'),
  CONSTRAINT "opening_hours_closes_type" CHECK ("closes" GLOB '[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]')
) STRICT;

CREATE TABLE "sales_customer" (
  "id"        TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "e_mail"    TEXT NOT NULL,
  "name"      TEXT NOT NULL,
  "last_seen" TEXT,
  CONSTRAINT "customer_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "customer_e_mail_key" UNIQUE ("e_mail"),
  CONSTRAINT "sales_customer_id_type" CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^-0-9a-f]*'),
  CONSTRAINT "sales_customer_last_seen_type" CHECK ("last_seen" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]')
) STRICT;

CREATE TABLE "sales_invitations" (
  "code"    TEXT NOT NULL,
  "email"   TEXT NOT NULL,
  "sent_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  CONSTRAINT "invitations_pkey" PRIMARY KEY ("code"),
  CONSTRAINT "invitations_code_length_check" CHECK (length("code") BETWEEN 8 AND 8),
  CONSTRAINT "sales_invitations_sent_at_type" CHECK ("sent_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')
) STRICT;

CREATE TABLE "products" (
  "id"             TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "category_id"    INTEGER NOT NULL,
  "sku"            TEXT NOT NULL,
  "name"           TEXT NOT NULL,
  "description"    TEXT,
  "state"          TEXT NOT NULL DEFAULT 'draft',
  "price"          INTEGER NOT NULL,
  "weight"         TEXT COLLATE decimal,
  "cost"           TEXT COLLATE decimal,
  "tax_rate"       REAL NOT NULL DEFAULT 0.19,
  "rating"         REAL,
  "tags"           TEXT NOT NULL DEFAULT '[]',
  "sizes"          TEXT,
  "attributes"     TEXT NOT NULL DEFAULT '{}',
  "picture"        BLOB,
  "in_stock"       INTEGER NOT NULL DEFAULT 1,
  "available_from" TEXT NOT NULL DEFAULT CURRENT_DATE,
  "created_at"     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "updated_at"     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  CONSTRAINT "products_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "products_sku_length_check" CHECK (length("sku") BETWEEN 3 AND 32),
  CONSTRAINT "products_name_not_too_long" CHECK (length("name") <= 200),
  CONSTRAINT "products_state_check" CHECK ("state" IN ('draft', 'active', 'retired')),
  CONSTRAINT "products_price_range_check" CHECK ("price" BETWEEN 0 AND 999999999),
  CONSTRAINT "products_tax_rate_range_check" CHECK ("tax_rate" BETWEEN 0.0 AND 1.0),
  CONSTRAINT "products_picture_small" CHECK (length(picture) <= 65536),
  CONSTRAINT "products_id_type" CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^-0-9a-f]*'),
  CONSTRAINT "products_price_type" CHECK ("price" BETWEEN -999999999999 AND 999999999999),
  CONSTRAINT "products_weight_type" CHECK ("weight" GLOB '*[0-9]*' AND "weight" NOT GLOB '*[^-.0-9]*' AND length(ltrim(substr("weight", 1, instr("weight" || '.', '.') - 1), '-0')) <= 20 AND length("weight") - instr("weight" || '.', '.') <= 10),
  CONSTRAINT "products_cost_type" CHECK ("cost" GLOB '*[0-9]*' AND "cost" NOT GLOB '*[^-.0-9]*'),
  CONSTRAINT "products_tags_type" CHECK (json_valid("tags") AND "tags" GLOB '[[]*'),
  CONSTRAINT "products_sizes_type" CHECK (json_valid("sizes") AND "sizes" GLOB '[[]*'),
  CONSTRAINT "products_attributes_type" CHECK (json_valid("attributes")),
  CONSTRAINT "products_in_stock_type" CHECK ("in_stock" IN (0, 1)),
  CONSTRAINT "products_available_from_type" CHECK ("available_from" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  CONSTRAINT "products_created_at_type" CHECK ("created_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "products_updated_at_type" CHECK ("updated_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "products_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
) STRICT;

CREATE TABLE "price_history" (
  "valid_from" TEXT NOT NULL,
  "product_id" TEXT NOT NULL,
  "price"      INTEGER NOT NULL,
  CONSTRAINT "price_history_pkey" PRIMARY KEY ("product_id", "valid_from"),
  CONSTRAINT "price_history_valid_from_type" CHECK ("valid_from" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "price_history_price_type" CHECK ("price" BETWEEN -999999999999 AND 999999999999),
  CONSTRAINT "price_history_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON DELETE CASCADE
) STRICT;

CREATE TABLE "product_details" (
  "product_id"      TEXT NOT NULL,
  "care"            TEXT,
  "warranty_months" INTEGER,
  CONSTRAINT "product_details_pkey" PRIMARY KEY ("product_id"),
  CONSTRAINT "product_details_warranty_months_range_check" CHECK ("warranty_months" >= 0),
  CONSTRAINT "product_details_warranty_months_type" CHECK ("warranty_months" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "product_details_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON DELETE CASCADE
) STRICT;

CREATE TABLE "order_lines" (
  "branch"     TEXT NOT NULL,
  "number"     INTEGER NOT NULL,
  "line"       INTEGER NOT NULL,
  "product_id" TEXT NOT NULL,
  "quantity"   INTEGER NOT NULL DEFAULT 1,
  "unit_price" INTEGER NOT NULL,
  CONSTRAINT "order_lines_pkey" PRIMARY KEY ("branch", "number", "line"),
  CONSTRAINT "order_lines_line_range_check" CHECK ("line" >= 1),
  CONSTRAINT "order_lines_quantity_range_check" CHECK ("quantity" BETWEEN 1 AND 1000),
  CONSTRAINT "order_lines_line_type" CHECK ("line" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "order_lines_quantity_type" CHECK ("quantity" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "order_lines_unit_price_type" CHECK ("unit_price" BETWEEN -999999999999 AND 999999999999),
  CONSTRAINT "order_lines_branch_number_fkey" FOREIGN KEY ("branch", "number") REFERENCES "orders" ("branch", "number") ON DELETE CASCADE,
  CONSTRAINT "order_lines_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON DELETE RESTRICT
) STRICT;

CREATE TABLE "orders" (
  "branch"      TEXT NOT NULL,
  "number"      INTEGER NOT NULL,
  "customer_id" TEXT NOT NULL,
  "state"       TEXT NOT NULL DEFAULT 'cart',
  "placed_at"   TEXT,
  "channel"     TEXT NOT NULL DEFAULT 'web',
  "main_line"   INTEGER,
  CONSTRAINT "orders_pkey" PRIMARY KEY ("branch", "number"),
  CONSTRAINT "orders_customer_id_placed_at_key" UNIQUE ("customer_id", "placed_at"),
  CONSTRAINT "orders_branch_length_check" CHECK (length("branch") BETWEEN 2 AND 8),
  CONSTRAINT "orders_state_check" CHECK ("state" IN ('cart', 'placed', 'shipped', 'returned')),
  CONSTRAINT "orders_placed_at_type" CHECK ("placed_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "orders_main_line_type" CHECK ("main_line" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "orders_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "sales_customer" ("id") ON DELETE RESTRICT,
  CONSTRAINT "orders_main_line_exists" FOREIGN KEY ("branch", "number", "main_line") REFERENCES "order_lines" ("branch", "number", "line") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "categories_parent_id_idx" ON "categories" ("parent_id");
CREATE INDEX "invitations_email_idx" ON "sales_invitations" ("email");
CREATE INDEX "products_category_id_name_idx" ON "products" ("category_id", "name");
CREATE UNIQUE INDEX "products_active_sku" ON "products" ("sku") WHERE state = 'active';
CREATE INDEX "order_lines_product_id_idx" ON "order_lines" ("product_id");
