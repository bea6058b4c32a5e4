package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"leitai/internal/fault"
)

// One-time codes as every authenticator makes them: six digits by HMAC-SHA-1
// over steps of 30 seconds, one step before and after allowed for clocks.
const (
	totpPeriod   = 30 * time.Second
	totpAround   = 1
	totpSecret   = 20 // bytes, what RFC 4226 recommends
	totpIssuer   = "擂台"
	recoveryMany = 10
	recoveryLong = 20 // of 32 letters: 100 bits
)

var secretLetters = base32.StdEncoding.WithPadding(base32.NoPadding)

// newTOTPSecret makes 160 random bits, as authenticators read them.
func newTOTPSecret() string {
	var b [totpSecret]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return secretLetters.EncodeToString(b[:])
}

// otpURL is what an authenticator scans.
func otpURL(login, secret string) string {
	q := url.Values{"secret": {secret}, "issuer": {totpIssuer}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"}}
	return "otpauth://totp/" + url.PathEscape(totpIssuer+":"+login) + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
}

// matchingStep finds the step at which a code is right; 0 for none.
func matchingStep(secret, code string, at time.Time) (int64, error) {
	now := at.Unix() / int64(totpPeriod/time.Second)
	found := int64(0)
	for step := now - totpAround; step <= now+totpAround; step++ {
		right, err := hotp.ValidateCustom(code, uint64(step), secret, hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, err
		}
		if right {
			found = step
		}
	}
	return found, nil
}

// plainCode takes out what people put between the groups of a code.
func plainCode(code string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "\t", "").Replace(code))
}

func sixDigits(code string) bool {
	return len(code) == 6 && strings.Trim(code, "0123456789") == ""
}

// newRecoveryCodes makes codes of 100 random bits in four groups, and their hashes.
func newRecoveryCodes() (codes []string, hashes [][32]byte) {
	for range recoveryMany {
		var b [13]byte
		_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
		plain := secretLetters.EncodeToString(b[:])[:recoveryLong]
		codes = append(codes, plain[:5]+"-"+plain[5:10]+"-"+plain[10:15]+"-"+plain[15:])
		hashes = append(hashes, recoveryHash(plain))
	}
	return codes, hashes
}

func recoveryHash(plain string) [32]byte {
	return sha256.Sum256([]byte("leitai recovery code " + plain))
}

// sealedFor binds an encrypted secret to its user.
func sealedFor(user uuid.UUID) string { return "totp:" + user.String() }

// useCode takes a code of the second factor, or a recovery code, once: how it
// was proved, or CODE_WRONG.
func (s *Service) useCode(ctx context.Context, m Methods, user uuid.UUID, code string) (how string, err error) {
	plain := plainCode(code)
	if !sixDigits(plain) {
		if len(plain) != recoveryLong {
			return "", fault.New(fault.CodeWrong).At("code")
		}
		used, err := m.UseRecoveryCode(ctx, user, recoveryHash(plain))
		if err == nil && !used {
			err = fault.New(fault.CodeWrong).At("code")
		}
		return byRecovery, err
	}
	factor, err := m.TOTPOf(ctx, user)
	if err != nil {
		return "", err
	}
	if factor == nil || !factor.Confirmed {
		return "", fault.New(fault.CodeWrong).At("code")
	}
	step, err := s.stepOfCode(ctx, m, user, factor, plain)
	if err != nil {
		return "", err
	}
	used := false
	if step != 0 {
		if used, err = m.UseTOTP(ctx, user, step); err != nil {
			return "", err
		}
	}
	if !used {
		return "", fault.New(fault.CodeWrong).At("code")
	}
	return byCode, nil
}

// stepOfCode opens the secret and finds the step of a code; a secret that was
// sealed with an older key is sealed anew.
func (s *Service) stepOfCode(ctx context.Context, m Methods, user uuid.UUID, factor *SealedSecret, code string) (int64, error) {
	ring := s.secrets()
	secret, err := ring.Open(factor.Sealed, sealedFor(user))
	if err != nil {
		return 0, err
	}
	step, err := matchingStep(string(secret), code, s.now())
	if err != nil || step == 0 || ring.Current(factor.Sealed) {
		return step, err
	}
	fresh, err := ring.Seal(secret, sealedFor(user))
	if err != nil {
		return 0, err
	}
	return step, m.ResealTOTP(ctx, user, factor.Sealed, fresh)
}
