-- Forms of an office's own: DOCX files with placeholders, checked before they are
-- kept, and small enough to lie beside the rows. A form is never changed; a new
-- one takes its place and the old one is retired.
CREATE TABLE office_form (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  kind text NOT NULL,                        -- the paper whose data fill it: bulletin, notice, summary
  name text NOT NULL,
  placeholders text[] NOT NULL DEFAULT '{}', -- as the form writes them
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  body bytea NOT NULL CHECK (octet_length(body) BETWEEN 1 AND 2097152),
  uploaded_by uuid NOT NULL,
  uploaded_at timestamptz NOT NULL,
  retired_by uuid,
  retired_at timestamptz,
  CHECK ((retired_by IS NULL) = (retired_at IS NULL)),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, uploaded_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, retired_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('office_form', 'app.draft_tenants');
CREATE UNIQUE INDEX office_form_name ON office_form (tenant_id, kind, name) WHERE retired_at IS NULL;
CREATE TRIGGER fixed_home BEFORE UPDATE ON office_form FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

-- What was taken in stays as it was: only retiring changes a form.
CREATE FUNCTION leitai_form_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ROW (NEW.kind, NEW.name, NEW.sha256, NEW.body, NEW.uploaded_by, NEW.uploaded_at) IS DISTINCT FROM
     ROW (OLD.kind, OLD.name, OLD.sha256, OLD.body, OLD.uploaded_by, OLD.uploaded_at) OR OLD.retired_at IS NOT NULL THEN
    RAISE EXCEPTION 'office forms are never changed' USING ERRCODE = 'LT001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER form_fixed BEFORE UPDATE ON office_form FOR EACH ROW EXECUTE FUNCTION leitai_form_fixed();
