-- What an entry of the audit tells beside the act: the unit, the reason of a
-- decision, and the fields that changed. And the tip of each tenant's chain, so
-- that the last entries cannot be cut off: nobody but the trigger moves it.

ALTER TABLE audit_entry
  ADD COLUMN unit_id uuid, -- kept without a reference: the audit outlives everything
  ADD COLUMN reason text NOT NULL DEFAULT '',
  ADD COLUMN before jsonb,
  ADD COLUMN after jsonb;
CREATE INDEX audit_entry_object ON audit_entry (tenant_id, object_id, seq);
CREATE INDEX audit_entry_actor ON audit_entry (tenant_id, actor, seq);
CREATE INDEX audit_entry_at ON audit_entry (tenant_id, at);

CREATE TABLE audit_tip (
  id uuid PRIMARY KEY, -- the tenant's
  tenant_id uuid NOT NULL UNIQUE REFERENCES tenant (id),
  region text NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  UNIQUE (tenant_id, id),
  CHECK (id = tenant_id)
);

-- Chains of before; the owner sees them only while row-level security is not
-- forced on it, and that is over at the end of this transaction.
ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY;
INSERT INTO audit_tip (id, tenant_id, region, seq, hash)
  SELECT DISTINCT ON (tenant_id) tenant_id, tenant_id, region, seq, hash FROM audit_entry ORDER BY tenant_id, seq DESC;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;

CALL leitai_tenant_table('audit_tip', 'app.draft_tenants', '');
CREATE TRIGGER fixed_home BEFORE UPDATE ON audit_tip FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
GRANT SELECT (tenant_id, seq, hash), INSERT, UPDATE (seq, hash) ON audit_tip TO leitai_lookup;

-- An entry continues its tenant's chain, or is refused.
CREATE FUNCTION leitai_audit_continues() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.seq = 1 AND NEW.previous = decode(repeat('00', 32), 'hex') THEN
    INSERT INTO audit_tip (id, tenant_id, region, seq, hash) VALUES (NEW.tenant_id, NEW.tenant_id, NEW.region, 1, NEW.hash);
    RETURN NEW;
  END IF;
  UPDATE audit_tip t SET seq = NEW.seq, hash = NEW.hash WHERE t.tenant_id = NEW.tenant_id AND t.seq = NEW.seq - 1 AND t.hash = NEW.previous;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the entry does not continue the chain' USING ERRCODE = 'LT001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER continues BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION leitai_audit_continues();

GRANT CREATE ON SCHEMA public TO leitai_lookup;
ALTER FUNCTION leitai_audit_continues() OWNER TO leitai_lookup;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
REVOKE ALL ON FUNCTION leitai_audit_continues() FROM PUBLIC;
