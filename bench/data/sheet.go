package data

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/lib/pq"
)

// table is a table that is written, with its columns in the order of a row.
type table struct {
	name    string
	columns []string
}

// tables in the order in which they are written: what is referred to first.
var tables = []table{
	{"unit", words("id code level legal_name shown_name parent_id region")},
	{"tenant", words("id tenant_id region kind unit_id name time_zone demo created_at")},
	{"adoption", words("id tenant_id region other_id side drafts agreed_by agreed_at")},
	{"app_user", words("id login password_hash locale status created_at")},
	{"person", words("id tenant_id region pseudonym user_id created_at")},
	{"person_name", words("id tenant_id region person_id name")},
	{"post", words("id tenant_id region person_id kind unit_id valid_from")},
	{"role_grant", words("id tenant_id region user_id unit_id role granted_by valid_from epoch")},
	{"api_token", words("id tenant_id region user_id name handle secret_hash scopes read_only created_at expires_at")},
	{"template_version", words("id tenant_id region key version name_zh name_en state source canonical confirmed revision created_by created_at activated_by activated_at")},
	{"competition", words("id tenant_id region name filing_number notice leading_group created_by created_at")},
	{"competition_version", words("id tenant_id region competition_id template_version_id from_period")},
	{"round", words("id tenant_id region competition_id template_version_id period nominal held state venue notice rubric_published_at opened_at closed_at announced_at objections_until published_revision revision")},
	{"rubric_item", words("id tenant_id region round_id position key name_zh name_en dimension points criteria split owner_id kind rule")},
	{"panel", words("id tenant_id region round_id number name items units channels")},
	{"panel_member", words("id tenant_id region round_id panel_id person_id chosen")},
	{"entry", words("id tenant_id region round_id unit_id subject_id subject_kind position name links")},
	{"mark", words("id tenant_id region round_id item_key channel unit_id subject_id judge_id value entered_by entered_at")},
	{"mark_review", words("id tenant_id region round_id mark_id decision reviewed_by reviewed_at")},
	{"computation", words("id tenant_id region round_id rules input result computed_by computed_at")},
	{"publication", words("id tenant_id region round_id revision audience public_bundle public_hash sealed_hash bulletin_number approved_by approver_role published_at")},
	{"sealed_bundle", words("id tenant_id region publication_id body")},
	{"standing", words("id tenant_id region publication_id round_id audience unit_id position name total rank rank_exact rank_change rank_low rank_high " +
		"bands streaks unranked trace subject_id subject_kind track track_rank percentile light parts grades vetoes")},
	{"round_total", words("id tenant_id region publication_id round_id competition_id revision audience subject template_key opened published " +
		"contestants sources weights denominators scores digest ranges range_width severity")},
	{"comparison_rule", words("id tenant_id region year number dimensions weights min_coverage within_days reason set_by set_at")},
	{"audit_entry", words("id tenant_id region seq at actor credential request_id action object_kind object_id detail previous hash")},
}

func words(text string) []string { return strings.Fields(text) }

// sheet is rows waiting to be written, table by table.
type sheet map[string][][]any

// add puts one row down; its values are in the order of the table's columns.
func (s sheet) add(table string, values ...any) { s[table] = append(s[table], values) }

// write copies everything into the database.
func (s sheet) write(ctx context.Context, tx *sql.Tx) error {
	for _, t := range tables {
		if rows := s[t.name]; len(rows) > 0 {
			if err := copyInto(ctx, tx, t, rows); err != nil {
				return fmt.Errorf("bench data: %s: %w", t.name, err)
			}
		}
	}
	return nil
}

func copyInto(ctx context.Context, tx *sql.Tx, t table, rows [][]any) error {
	into, err := tx.PrepareContext(ctx, "COPY "+t.name+" ("+strings.Join(t.columns, ", ")+") FROM STDIN")
	if err != nil {
		return err
	}
	defer func() { _ = into.Close() }() // the transaction ends it in any case
	for _, row := range rows {
		if _, err := into.ExecContext(ctx, row...); err != nil {
			return err
		}
	}
	_, err = into.ExecContext(ctx)
	return err
}

// texts is a text[] for COPY.
func texts(list []string) any { return pq.Array(append([]string{}, slices.Clone(list)...)) }
