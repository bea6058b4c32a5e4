package webhook

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// secretBytes of a secret are more than anybody guesses and what the standard
// asks for: 24 to 64.
const secretBytes = 32

// newSecret makes an endpoint's own.
func newSecret() string {
	secret := make([]byte, secretBytes)
	_, _ = rand.Read(secret) // never fails: crypto/rand ends the program instead
	return "whsec_" + base64.StdEncoding.EncodeToString(secret)
}

// What is sealed of an endpoint. Sealed for one endpoint and one use, it opens
// for no other.
const (
	ofAddress = "webhook address "
	ofSecret  = "webhook secret "
)

func (s *Service) seal(e *Endpoint, use, plain string) ([]byte, error) {
	return s.c.Secrets().Seal([]byte(plain), use+e.ID.String())
}

func (s *Service) open(e *Endpoint, use string, sealed []byte) (string, error) {
	plain, err := s.c.Secrets().Open(sealed, use+e.ID.String())
	if err != nil {
		return "", fmt.Errorf("%w: %w", errSealed, err)
	}
	return string(plain), nil
}

// errSealed is that no key of the program opens what is sealed of an endpoint:
// its key was lost or taken away, or has not come to this process yet.
var errSealed = errors.New("webhook: what is sealed of the endpoint cannot be opened")

// reseal seals anew what an older key sealed, so that it can be retired.
func (s *Service) reseal(e *Endpoint) error {
	for _, one := range []struct {
		use    string
		sealed *[]byte
	}{{ofAddress, &e.Address}, {ofSecret, &e.Secret}, {ofSecret, &e.Previous}} {
		if len(*one.sealed) == 0 || s.c.Secrets().Current(*one.sealed) {
			continue
		}
		plain, err := s.open(e, one.use, *one.sealed)
		if errors.Is(err, errSealed) {
			continue // a secret of before whose time is over, or one whose key went meanwhile: what was delivered stays so
		}
		if err != nil {
			return err
		}
		if *one.sealed, err = s.seal(e, one.use, plain); err != nil {
			return err
		}
	}
	return nil
}

// signed are the headers by which a receiver knows that a message is ours, whole
// and new: signed with each secret that is valid.
func signed(secrets []string, id string, at time.Time, body []byte) (map[string]string, error) {
	var signatures []string
	for _, secret := range secrets {
		signer, err := standard.NewWebhook(secret)
		if err != nil {
			return nil, err
		}
		signature, err := signer.Sign(id, at, body)
		if err != nil {
			return nil, err
		}
		signatures = append(signatures, signature)
	}
	return map[string]string{
		standard.HeaderWebhookID:        id,
		standard.HeaderWebhookTimestamp: unix(at),
		standard.HeaderWebhookSignature: strings.Join(signatures, " "),
	}, nil
}
