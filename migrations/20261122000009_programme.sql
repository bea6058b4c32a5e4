-- What a tenant adds to the standard dictionary of dimensions by which the items
-- of different templates are compared. A county's entries are read by every
-- tenant below it, and never the other way round.
CREATE TABLE dimension (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  key text NOT NULL CHECK (key ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(key) <= 64),
  name_zh text NOT NULL CHECK (name_zh <> ''),
  name_en text NOT NULL DEFAULT '',
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, key)
);
CALL leitai_tenant_table('dimension', 'app.tenants', 'insert,update');
CREATE POLICY r_above ON dimension FOR SELECT USING (tenant_id = ANY ((SELECT app_setting_ids('app.ancestors'))::uuid[]));
CREATE TRIGGER fixed_home BEFORE UPDATE ON dimension FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
