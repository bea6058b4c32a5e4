package webhook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/event"
)

// Event is something that happened, with the code of its unit.
type Event struct {
	event.Stored
	UnitCode string
}

// Ping is the kind of a message that tests an endpoint.
const Ping = "webhook.ping"

// payload is a message in the form of Standard Webhooks.
type payload struct {
	Type      string         `json:"type"`
	Timestamp time.Time      `json:"timestamp"` // of the event
	Data      map[string]any `json:"data"`
}

// told are the facts of an event that are sent: numbers and short codes. What
// else an event carries is for those who sign in to read it.
var told = []string{"revision", "period", "number", "state", "from", "to", "stage", "status", "format", "key"}

// code is what a fact may look like: nothing in which a name could stand.
var code = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$`)

// types are the names that the API has for kinds of objects, where they differ.
var types = map[string]string{"webhook": "WebhookEndpoint", "template": "TemplateVersion"}

// TypeOf is the API's name for a kind of object.
func TypeOf(kind string) string {
	if name, named := types[kind]; named {
		return name
	}
	parts := strings.FieldsFunc(kind, func(r rune) bool { return r == '_' || r == '-' || r == '.' })
	for i, p := range parts {
		parts[i] = strings.ToUpper(p[:1]) + p[1:]
	}
	return strings.Join(parts, "")
}

// bodyOf writes the message of an event: the same bytes whenever it is written.
func (s *Service) bodyOf(e *Event, tenant uuid.UUID) ([]byte, error) {
	data := map[string]any{"sequence": e.Seq, "event": e.ID.String(), "tenant": s.c.GlobalID("Tenant", tenant)}
	var facts map[string]any
	decoder := json.NewDecoder(bytes.NewReader(e.Data))
	decoder.UseNumber()
	if err := decoder.Decode(&facts); err != nil {
		return nil, fmt.Errorf("webhook: data of event %s: %w", e.ID, err)
	}
	for _, name := range told {
		switch v := facts[name].(type) {
		case bool, json.Number:
			data[name] = v
		case string:
			if code.MatchString(v) {
				data[name] = v
			}
		}
	}
	if e.UnitCode != "" {
		data["unit"] = e.UnitCode
	}
	if e.Object != uuid.Nil && e.ObjectKind != "" {
		data["object"] = map[string]string{"type": TypeOf(e.ObjectKind), "id": s.c.GlobalID(TypeOf(e.ObjectKind), e.Object)}
	}
	if e.Round != uuid.Nil {
		data["round"] = s.c.GlobalID("Round", e.Round)
	}
	return json.Marshal(payload{Type: string(e.Kind), Timestamp: e.At.UTC(), Data: data})
}

// pingOf writes the message of a test.
func (s *Service) pingOf(d *Delivery, tenant uuid.UUID) ([]byte, error) {
	return json.Marshal(payload{Type: Ping, Timestamp: d.CreatedAt.UTC(),
		Data: map[string]any{"sequence": 0, "tenant": s.c.GlobalID("Tenant", tenant), "object": map[string]string{
			"type": "WebhookEndpoint", "id": s.c.GlobalID("WebhookEndpoint", d.Endpoint)}}})
}

func unix(at time.Time) string { return strconv.FormatInt(at.Unix(), 10) }
