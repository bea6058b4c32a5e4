-- Mutations that are sent again, and operations that are known by their hash.

-- One key of one asker: the first answer is given again for a day. Nobody but
-- the own tenant reads a row, and statements narrow it further, to the user and
-- the credential.
CREATE TABLE idempotency_key (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  user_id uuid NOT NULL,
  credential text NOT NULL DEFAULT '',  -- the token's id; '' for the sessions of the user
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200), -- as the client chose it
  request bytea NOT NULL CHECK (octet_length(request) = 32), -- SHA-256 of what was asked
  attempt uuid NOT NULL,                -- who may write the answer
  claimed_at timestamptz NOT NULL,
  leased_until timestamptz NOT NULL,    -- an attempt that says nothing until then is over
  expires_at timestamptz NOT NULL,
  carried_out boolean NOT NULL DEFAULT false, -- set by the transaction that changed something
  answer bytea CHECK (octet_length(answer) <= 262144),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, user_id, credential, key)
);
CREATE INDEX idempotency_key_expiry ON idempotency_key (tenant_id, expires_at);
CALL leitai_tenant_table('idempotency_key', 'app.draft_tenants', 'insert,update,delete');
DROP POLICY r ON idempotency_key;
CREATE POLICY r ON idempotency_key FOR SELECT USING (tenant_id = (SELECT app_tenant()));
CREATE TRIGGER fixed_home BEFORE UPDATE ON idempotency_key FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

-- Operations that a tenant registered, so that its dashboards name them by hash.
CREATE TABLE trusted_document (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  hash bytea NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  body text NOT NULL CHECK (length(body) BETWEEN 1 AND 20000),
  added_by uuid NOT NULL,               -- the user
  added_at timestamptz NOT NULL,
  retired_by uuid,
  retired_at timestamptz,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, hash),
  CHECK (hash = sha256(convert_to(body, 'UTF8'))),
  CHECK ((retired_at IS NULL) = (retired_by IS NULL))
);
CALL leitai_tenant_table('trusted_document', 'app.draft_tenants', 'insert,update');
DROP POLICY r ON trusted_document;
CREATE POLICY r ON trusted_document FOR SELECT USING (tenant_id = (SELECT app_tenant()));
CREATE TRIGGER fixed_home BEFORE UPDATE ON trusted_document FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

-- Whose programs may ask registered operations only: one token's, or, where
-- token_id is null, those of every token of the tenant.
CREATE TABLE trusted_mode (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  token_id uuid,
  set_by uuid NOT NULL,                 -- the user
  set_at timestamptz NOT NULL,
  lifted_by uuid,
  lifted_at timestamptz,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, token_id) REFERENCES api_token (tenant_id, id),
  CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);
CREATE UNIQUE INDEX trusted_mode_live ON trusted_mode (tenant_id, coalesce(token_id, '00000000-0000-0000-0000-000000000000')) WHERE lifted_at IS NULL;
CALL leitai_tenant_table('trusted_mode', 'app.draft_tenants', 'insert,update');
DROP POLICY r ON trusted_mode;
CREATE POLICY r ON trusted_mode FOR SELECT USING (tenant_id = (SELECT app_tenant()));
CREATE TRIGGER fixed_home BEFORE UPDATE ON trusted_mode FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
