-- Units, tenants, organisations, people and who asks.

CREATE TABLE unit (
  id uuid PRIMARY KEY,
  code text COLLATE "C" CHECK (code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
  level text NOT NULL CHECK (level IN ('province','prefecture','county','township','village','group')),
  legal_name text NOT NULL,
  shown_name text COLLATE "C" NOT NULL, -- so that a search by beginning finds its index
  parent_id uuid REFERENCES unit (id),
  region text NOT NULL DEFAULT '',
  valid_from date NOT NULL DEFAULT '1949-10-01',
  valid_to date,
  CHECK (valid_to IS NULL OR valid_to > valid_from)
);
CREATE UNIQUE INDEX unit_code ON unit (code) WHERE valid_to IS NULL AND code IS NOT NULL;
CREATE INDEX unit_parent ON unit (parent_id, code);
CREATE INDEX unit_shown_name ON unit (shown_name);

-- What became of a unit: merged into, split into, moved as.
CREATE TABLE unit_successor (
  unit_id uuid NOT NULL REFERENCES unit (id),
  successor_id uuid NOT NULL REFERENCES unit (id),
  kind text NOT NULL CHECK (kind IN ('merge','split','move')),
  since date NOT NULL,
  PRIMARY KEY (unit_id, successor_id),
  CHECK (unit_id <> successor_id)
);
GRANT SELECT ON unit, unit_successor TO leitai_app, leitai_job;
GRANT SELECT, INSERT, UPDATE, DELETE ON unit, unit_successor TO leitai_maint;

CREATE TABLE tenant (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL CHECK (tenant_id = id),
  region text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('prefecture','county','township')),
  unit_id uuid NOT NULL REFERENCES unit (id),
  name text NOT NULL,
  time_zone text NOT NULL DEFAULT 'Asia/Shanghai',
  demo boolean NOT NULL DEFAULT false,
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active','suspended')),
  created_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (unit_id)
);
CALL leitai_tenant_table('tenant', 'app.tenants', 'insert,update');
CREATE POLICY r_ancestors ON tenant FOR SELECT USING (id = ANY ((SELECT app_setting_ids('app.ancestors'))::uuid[]));

-- One side's consent to an adoption; it is in force while both sides stand.
CREATE TABLE adoption (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  other_id uuid NOT NULL,
  side text NOT NULL CHECK (side IN ('upper','lower')),
  drafts boolean NOT NULL DEFAULT false, -- the lower side lets the upper one read unpublished work
  agreed_by uuid NOT NULL,
  agreed_at timestamptz NOT NULL,
  ended_at timestamptz,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX adoption_live ON adoption (tenant_id, other_id, side) WHERE ended_at IS NULL;
CREATE INDEX adoption_other ON adoption (other_id);
CALL leitai_tenant_table('adoption', 'app.draft_tenants', 'insert,update');
CREATE POLICY r_other ON adoption FOR SELECT USING (other_id = (SELECT app_tenant()));

CREATE TABLE organisation (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('office','department','sending-unit','enterprise','institution','party-committee','party-branch')),
  name text NOT NULL,
  parent_id uuid,
  valid_from date NOT NULL,
  valid_to date,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, parent_id) REFERENCES organisation (tenant_id, id)
);
CREATE UNIQUE INDEX organisation_name ON organisation (tenant_id, name) WHERE valid_to IS NULL;
CALL leitai_tenant_table('organisation', 'app.draft_tenants');

-- A person is known to results by the pseudonym only.
CREATE TABLE person (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  pseudonym text NOT NULL,
  user_id uuid,
  created_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, pseudonym)
);
CREATE UNIQUE INDEX person_user ON person (tenant_id, user_id) WHERE user_id IS NOT NULL;
CALL leitai_tenant_table('person', 'app.draft_tenants');

-- The key from pseudonym to name; deleting the row erases the person (G12).
CREATE TABLE person_name (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  person_id uuid NOT NULL,
  name text NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, person_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('person_name', 'app.draft_tenants');

CREATE TABLE post (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  person_id uuid NOT NULL,
  kind text NOT NULL,
  unit_id uuid REFERENCES unit (id),
  organisation_id uuid,
  title text NOT NULL DEFAULT '',
  valid_from date NOT NULL,
  valid_to date,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id),
  CHECK (valid_to IS NULL OR valid_to > valid_from),
  CHECK (unit_id IS NOT NULL OR organisation_id IS NOT NULL)
);
CREATE INDEX post_unit ON post (tenant_id, unit_id, kind);
CREATE INDEX post_person ON post (tenant_id, person_id);
CALL leitai_tenant_table('post', 'app.draft_tenants');

-- Days a tenant works or rests that the national table does not know.
CREATE TABLE calendar_day (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  day date NOT NULL,
  kind text NOT NULL CHECK (kind IN ('holiday','workday')),
  name text NOT NULL DEFAULT '',
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, day)
);
CALL leitai_tenant_table('calendar_day', 'app.tenants');
