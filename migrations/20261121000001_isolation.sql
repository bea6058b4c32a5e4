-- The ground every table stands on: row-level security by operation, append-only
-- tables, and the settings of a transaction. Roles are made by `leitai migrate
-- roles`, never here.
--
-- app.tenant         the one tenant written
-- app.tenants        tenants whose published rows may be read
-- app.draft_tenants  tenants whose unpublished rows may be read
-- app.ancestors      tenants whose published templates and competitions are read downwards

CREATE FUNCTION app_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.tenant', true), '')::uuid $$;
CREATE FUNCTION app_setting_ids(name text) RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting(name, true), '')::uuid[] $$;

-- leitai_tenant_table gives a tenant table its four policies, FORCE and the
-- rights of the two login roles. `readable` is the setting that rules reading.
CREATE PROCEDURE leitai_tenant_table(t regclass, readable text, operations text DEFAULT 'insert,update,delete')
LANGUAGE plpgsql AS $$
DECLARE
  own text := '(SELECT app_tenant())';
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
  EXECUTE format('CREATE POLICY r ON %s FOR SELECT USING (tenant_id = ANY ((SELECT app_setting_ids(%L))::uuid[]))', t, readable);
  EXECUTE format('GRANT SELECT ON %s TO leitai_app, leitai_job', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO leitai_maint', t);
  IF operations LIKE '%insert%' THEN
    EXECUTE format('CREATE POLICY wi ON %s FOR INSERT WITH CHECK (tenant_id = %s)', t, own);
    EXECUTE format('GRANT INSERT ON %s TO leitai_app, leitai_job', t);
  END IF;
  IF operations LIKE '%update%' THEN
    EXECUTE format('CREATE POLICY wu ON %s FOR UPDATE USING (tenant_id = %s) WITH CHECK (tenant_id = %s)', t, own, own);
    EXECUTE format('GRANT UPDATE ON %s TO leitai_app, leitai_job', t);
  END IF;
  IF operations LIKE '%delete%' THEN
    EXECUTE format('CREATE POLICY wd ON %s FOR DELETE USING (tenant_id = %s)', t, own);
    EXECUTE format('GRANT DELETE ON %s TO leitai_app, leitai_job', t);
  END IF;
END $$;

-- Rows of an append-only table are never changed or removed by anybody but the
-- maintenance role (erasure of a whole tenant).
CREATE FUNCTION leitai_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'leitai_maint' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME USING ERRCODE = 'LT001';
END $$;

CREATE PROCEDURE leitai_seal(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION leitai_append_only()', t);
END $$;

-- The home of a row is fixed for ever.
CREATE FUNCTION leitai_fixed_home() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> OLD.id OR NEW.tenant_id <> OLD.tenant_id OR NEW.region <> OLD.region THEN
    RAISE EXCEPTION 'id, tenant and region of % are fixed', TG_TABLE_NAME USING ERRCODE = 'LT002';
  END IF;
  RETURN NEW;
END $$;

REVOKE ALL ON PROCEDURE leitai_tenant_table(regclass, text, text), leitai_seal(regclass) FROM PUBLIC;
