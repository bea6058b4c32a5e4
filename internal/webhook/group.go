package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strconv"

	"leitai/internal/fault"
	"leitai/internal/phrase"
)

// tell writes a message for the robot of a group: a sentence, and for DingTalk
// the proof in the address, as their documents ask for.
func (ready *shipment) tell(happened *Event, secret string) error {
	text := phrase.Notice{Kind: Ping}
	if happened != nil {
		text = phrase.NoticeOf(string(happened.Kind), happened.Data)
	}
	body := map[string]any{"msgtype": "text", "text": map[string]string{"content": "【擂台】" + text.Say(fault.Chinese)}}
	var err error
	if ready.body, err = json.Marshal(body); err != nil || ready.endpoint.Format != DingTalk {
		return err
	}
	u, err := url.Parse(ready.address)
	if err != nil {
		return err
	}
	moment := strconv.FormatInt(ready.begun.UnixMilli(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(moment + "\n" + secret)) // never fails
	q := u.Query()
	q.Set("timestamp", moment)
	q.Set("sign", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	u.RawQuery = q.Encode()
	ready.address = u.String()
	return nil
}

// accepted says whether a robot took a message: it answers 200 to everything and
// says in the body what it thinks.
func accepted(f Format, body []byte) bool {
	if f == Standard {
		return true
	}
	var said struct {
		Code *int `json:"errcode"`
	}
	return json.Unmarshal(body, &said) == nil && said.Code != nil && *said.Code == 0
}
