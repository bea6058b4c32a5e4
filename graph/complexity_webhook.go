package graph

import "leitai/graph/exec"

// telling gives the costs of webhooks and of the inbox.
func telling(c *exec.ComplexityRoot) {
	c.Query.Webhooks, c.Query.WebhookKinds, c.Query.InboxSettings = times(few), times(listed), times(listed)
	c.WebhookEndpoint.Deliveries, c.WebhookDelivery.Attempts = page, times(few)
	c.Query.Inbox = func(child int, _ *bool, first *int, _ *string, last *int, _ *string) int {
		return sized(child, first, last)
	}
}
