package graph

import (
	"context"
	"strings"

	"leitai/graph/model"
	"leitai/internal/fault"
	"leitai/internal/inbox"
	"leitai/internal/paging"
	"leitai/internal/phrase"
	"leitai/internal/webhook"
)

func webhookEndpoint(language fault.Language) func(*webhook.Endpoint) *model.WebhookEndpoint {
	return func(e *webhook.Endpoint) *model.WebhookEndpoint {
		return &model.WebhookEndpoint{ID: globalID(webhookKind, e.ID), Key: e.ID, Name: e.Name, Format: model.WebhookFormat(strings.ToUpper(string(e.Format))),
			Address: e.Shown, Kinds: texts(e.Kinds), Active: e.Disabled == "", DisabledCode: filled(e.Disabled), DisabledReason: meant(e.Disabled, language),
			FailingSince: e.FailingSince, PreviousSecretUntil: e.PreviousUntil, OwnerID: globalID(userKind, e.Owner), CreatedAt: e.CreatedAt, Revision: e.Revision}
	}
}

// meant says what a code means that was kept; null for none. One that another
// version of the program kept speaks for itself.
func meant(code string, language fault.Language) *string {
	if _, known := fault.Codes()[fault.Code(code)]; !known {
		return filled(code)
	}
	return filled(fault.New(fault.Code(code)).Message(language))
}

func webhookDelivery(d *webhook.Delivery) *model.WebhookDelivery {
	out := &model.WebhookDelivery{ID: globalID(deliveryKind, d.ID), Key: d.ID, MessageID: d.ID.String(), Kind: d.Kind, Sequence: int(d.Sequence),
		State: model.WebhookDeliveryState(strings.ToUpper(string(d.State))), CreatedAt: d.CreatedAt, SettledAt: d.SettledAt}
	if d.State == webhook.Waiting {
		out.DueAt = &d.Due
	}
	return out
}

func webhookAttempt(language fault.Language) func(webhook.Attempt) *model.WebhookAttempt {
	return func(a webhook.Attempt) *model.WebhookAttempt {
		return &model.WebhookAttempt{At: a.At, Status: positive(a.Status), Milliseconds: a.Millis, Answer: a.Answer, Code: filled(a.Error), Message: meant(a.Error, language)}
	}
}

func webhookDeliveryPage(p paging.Page[*webhook.Delivery]) *model.WebhookDeliveryConnection {
	c := &model.WebhookDeliveryConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, webhookDelivery, func(cursor string, n *model.WebhookDelivery) *model.WebhookDeliveryEdge {
		return &model.WebhookDeliveryEdge{Cursor: cursor, Node: *n}
	})
	return c
}

// webhookPayload runs a mutation of one endpoint.
func webhookPayload(ctx context.Context, clientID *string, ids reader, do func() (*webhook.Endpoint, string, error)) (*model.WebhookPayload, error) {
	payload := &model.WebhookPayload{ClientMutationID: clientID}
	var secret string
	var err error
	payload.UserErrors, err = answered(ctx, ids, func() (e *webhook.Endpoint, err error) { e, secret, err = do(); return e, err }, func(e *webhook.Endpoint) {
		payload.Secret = filled(secret)
		if e != nil {
			payload.Webhook = webhookEndpoint(languageOf(ctx))(e)
		}
	})
	return payload, err
}

// deliveryPayload runs a mutation of one delivery.
func deliveryPayload(ctx context.Context, clientID *string, ids reader, do func() (*webhook.Delivery, error)) (*model.WebhookDeliveryPayload, error) {
	payload := &model.WebhookDeliveryPayload{ClientMutationID: clientID}
	var err error
	payload.UserErrors, err = answered(ctx, ids, do, func(d *webhook.Delivery) { payload.Delivery = webhookDelivery(d) })
	return payload, err
}

func inboxItem(language fault.Language) func(*inbox.Item) *model.InboxItem {
	return func(i *inbox.Item) *model.InboxItem {
		notice := phrase.NoticeOf(i.Kind, i.Facts)
		notice.Unit = i.Unit
		return &model.InboxItem{ID: globalID(inboxKind, i.ID), Kind: i.Kind, Text: notice.Say(language), ObjectID: paging.GlobalID(webhook.TypeOf(i.ObjectKind), i.Object),
			CreatedAt: i.CreatedAt, ReadAt: i.ReadAt}
	}
}

func inboxPage(p paging.Page[*inbox.Item], language fault.Language) *model.InboxItemConnection {
	c := &model.InboxItemConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, inboxItem(language), func(cursor string, n *model.InboxItem) *model.InboxItemEdge {
		return &model.InboxItemEdge{Cursor: cursor, Node: *n}
	})
	return c
}

// inboxKinds lists what there can be in an inbox and what of it is not wanted.
func inboxKinds(muted []string, language fault.Language) []*model.InboxKind {
	off := map[string]bool{}
	for _, kind := range muted {
		off[kind] = true
	}
	return converted(inbox.Kinds(), func(kind string) *model.InboxKind {
		return &model.InboxKind{Kind: kind, Text: phrase.Notice{Kind: kind}.Say(language), Muted: off[kind]}
	})
}
