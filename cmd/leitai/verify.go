package main

import (
	"fmt"
	"os"

	"leitai/internal/contest"
)

type verifyCmd struct {
	File string   `arg:"" type:"existingfile" help:"A sealed or public bundle."`
	Key  []string `help:"Fingerprint of a signing key to trust; may be repeated. Without it any key is accepted and named."`
}

// Run recomputes the bundle from its own inputs; no network, no database.
func (c *verifyCmd) Run() error {
	file, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	report, err := contest.Verify(file, contest.Trust{Fingerprints: c.Key})
	if err != nil {
		return err
	}
	trust := "未核对签名密钥，请与通报上的校验值比对 (key not pinned: compare the hash with the bulletin)"
	if report.Pinned {
		trust = "签名密钥可信 (key trusted)"
	}
	fmt.Printf("一致 OK\n周期 period      %s\n形式 form        %s\n规则版本 rules    %d\n名次数 subjects   %d\n校验值 hash      %s\n密钥 key         %s\n%s\n",
		report.Input.Round.Period, report.Form, report.Rules, len(report.Result.Standings), report.Hash, report.Fingerprint, trust)
	return nil
}
