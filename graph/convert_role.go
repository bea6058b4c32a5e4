package graph

import (
	"context"
	"time"

	"leitai/graph/model"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/rights"
)

func definition(key, zh string, en *string, permissions []string) rights.Definition {
	return rights.Definition{Key: authz.Role(key), Zh: zh, En: or(en),
		Permissions: converted(permissions, func(p string) authz.Permission { return authz.Permission(p) })}
}

func roleOf(language fault.Language) func(*rights.Role) *model.Role {
	return func(r *rights.Role) *model.Role {
		shown := &model.Role{Key: string(r.Key), Name: inWords(r.Zh, r.En, language), NameZh: r.Zh, NameEn: r.En, BuiltIn: !r.Key.Own(),
			Standing: r.Standing, Grantable: r.MayGrant, Revision: r.Revision, RetiredAt: r.RetiredAt,
			Permissions: converted(r.Permissions, func(p authz.Permission) *model.PermissionInfo {
				info, _ := authz.InfoOf(p)
				return permissionInfo(language)(info)
			})}
		if r.Key.Own() {
			shown.DefinedAt, shown.ChangedAt = &r.DefinedAt, &r.ChangedAt
		}
		return shown
	}
}

// inWords picks a name; one without an English form keeps the Chinese.
func inWords(zh, en string, language fault.Language) string {
	if language == fault.English && en != "" {
		return en
	}
	return zh
}

func permissionInfo(language fault.Language) func(authz.Info) *model.PermissionInfo {
	return func(p authz.Info) *model.PermissionInfo {
		return &model.PermissionInfo{Permission: string(p.Permission), Description: inWords(p.Zh, p.En, language), Writes: p.Writes,
			Unpublished: p.Unpublished, Delegable: p.Delegable}
	}
}

func rightReason(language fault.Language) func(rights.Reason) *model.RightReason {
	return func(r rights.Reason) *model.RightReason {
		return &model.RightReason{UserID: globalID(userKind, r.User), Login: r.Login, GrantID: globalID(grantKind, r.ID), Role: string(r.Role),
			Label: inWords(r.Zh, r.En, language), UnitKey: r.Unit, Dimensions: texts(r.Dimensions), Wide: r.Wide, ValidUntil: momentOrNone(r.Until)}
	}
}

func momentOrNone(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// rolePayload runs a mutation of one own role.
func rolePayload(ctx context.Context, clientID *string, do func() (*rights.Role, error)) (*model.RolePayload, error) {
	payload := &model.RolePayload{ClientMutationID: clientID}
	r, err := do()
	if err == nil {
		payload.Role = roleOf(languageOf(ctx))(r)
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}
