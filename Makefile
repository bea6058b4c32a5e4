# leitai: one line of explanation stands beside every target; `make` prints them.
# Everything below sets itself up on a fresh Debian with Go and Node, as root or
# as a normal user; downloads stay in Go's and npm's caches and in .tools.

SHELL := /bin/sh
.DEFAULT_GOAL := help

LISTEN ?= 127.0.0.1:8080
DATA   ?= ./data/demo
TODAY  ?=
ARGS   ?= ./...

# A checkout owned by somebody else has no readable history; the version comes
# from VERSION instead.
export GOFLAGS := $(filter-out -buildvcs=%,$(GOFLAGS)) -buildvcs=false

.PHONY: check-chart chart bundle help run build test check generate bench explorer console pictures measure-console schema-changelog schema-release format prove-defences prove-cluster \
	check-format check-vet check-lint check-generated check-migrations check-arrows check-explorer check-console check-licences licences sbom

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  settings of run:  LISTEN=$(LISTEN)  DATA=$(DATA)  TODAY=$(or $(TODAY),the day it has; a later one moves it on)"
	@echo "  settings of test: ARGS=\"$(ARGS)\" (any arguments of go test)"

run: build ## build everything and start the demo with a database of its own (address and logins are printed)
	@setting=$$(tools/postgres/ensure.sh) && exec env $${setting:+"$$setting"} bin/leitai demo --listen $(LISTEN) --data $(DATA) $(if $(TODAY),--today $(TODAY))

build: ## build the one binary, bin/leitai
	go build -trimpath -ldflags "-X main.version=$$(cat VERSION)" -o bin/leitai ./cmd/leitai

test: ## run every test and end with a summary
	@tools/test.sh $(ARGS)

check: check-format check-vet check-lint check-generated check-migrations check-arrows check-explorer check-console check-licences check-alerts check-chart check-dashboards ## everything that is not a test: all the check-… below
	@echo "make check: all green"

check-format: ## gofmt would change nothing
	@bad=$$(git -c safe.directory='*' ls-files --cached --others --exclude-standard '*.go' | xargs -r ls 2>/dev/null | xargs -r gofmt -l); \
	if [ -n "$$bad" ]; then echo "not formatted (run make format):"; echo "$$bad"; exit 1; fi

check-vet: ## go vet
	go vet ./...

check-lint: ## golangci-lint, of the version pinned in tools/go.mod
	tools/lint.sh

check-generated: ## regenerating (in a copy) changes nothing
	tools/check-generated.sh

check-migrations: ## migrations/atlas.sum matches the files
	go test -count=1 -run 'Migration' ./internal/archtest

check-arrows: ## the architecture test: imports, floats, clocks, sizes
	go test -count=1 ./internal/archtest

check-explorer: ## rebuilding the explorer gives the committed bytes
	tools/check-built.sh internal/httpserver/explorer explorer

check-console: ## the console's sources are typed, linted and tested, and rebuilding gives the committed bytes
	tools/check-built.sh internal/console console

check-licences: ## every licence in the release is known and allowed, and docs/licences.md tells it
	go run ./internal/supply/release -check docs/licences.md

licences: ## write docs/licences.md
	go run ./internal/supply/release -licences docs/licences.md

sbom: ## write bin/leitai.cdx.json, the bill of materials (CycloneDX) of a release
	@mkdir -p bin
	go run ./internal/supply/release -sbom bin/leitai.cdx.json -version "$$(cat VERSION)"

check-chart: ## the chart: values, schema and README agree, lint, unit tests, what Kubernetes takes, alerts (ten minutes the first time, for its tools)
	@tools/chart/check.sh

chart: ## write into the chart what stands elsewhere: the version (after VERSION) and the table of values in its README
	@sed -i -E "s/^(version|appVersion): .*/\\1: \"$$(cat VERSION)\"/" charts/leitai/Chart.yaml
	@cd tools/chart && go run ./values -write ../../charts/leitai

bundle: ## write bin/leitai-VERSION-offline.tar.gz: chart, images and binaries for networks without a way out
	@tools/chart/bundle.sh

generate: ## regenerate all generated Go code, the merged schema, its reference pages and its changelog
	go generate ./...
	@$(MAKE) --no-print-directory schema-changelog

schema-changelog: ## write docs/schema-changelog.md: what changed in the contract since the last release
	@tools/contract/ensure.sh && node tools/contract/changelog.mjs --write

schema-release: ## with a release (after VERSION): name the changes after it, and keep its schema as the one clients hold us to
	@tools/contract/ensure.sh && node tools/contract/changelog.mjs --release "$$(cat VERSION)" "$$(date +%F)"

console: ## rebuild the console's committed files from internal/console/app
	cd internal/console/app && npm install --ignore-scripts --no-save --no-audit --no-fund </dev/null && npm run generate && npm run build

pictures: ## write docs/images: play the journeys in Chromium and keep a picture of every main page
	@tools/pictures.sh

explorer: ## rebuild the explorer's committed files from internal/httpserver/explorer/app
	cd internal/httpserver/explorer/app && npm ci --no-audit --no-fund </dev/null && npm run build

bench: ## measure beside every contestant and say which goals are reached (hours; QUICK=1: minutes, whether it works; SCALE RUNS TURN ONLY: docs/performance.md)
	@setting=$$(tools/postgres/ensure.sh) && exec env $${setting:+"$$setting"} go run ./bench/all $(if $(QUICK),-quick) $(if $(SCALE),-scale $(SCALE)) $(if $(RUNS),-runs $(RUNS)) $(if $(TURN),-seconds $(TURN)) $(if $(ONLY),-only "$(ONLY)")

measure-console: ## how fast the console is in Chromium on a slow line and a slow processor (a quiet machine; docs/performance.md)
	@setting=$$(tools/postgres/ensure.sh) && exec env $${setting:+"$$setting"} "$$(tools/browser/ensure.sh)" LEITAI_MEASURE=1 go test -count=1 -v -timeout 20m -run 'TestInTheBrowser/speed' ./internal/journeys/inbrowser

.PHONY: check-alerts check-dashboards
check-alerts: ## every alert fires in a rule test, is silent in a healthy day and has its runbook (seconds)
	@tools/observe/alerts.sh

check-dashboards: ## every panel of the dashboards shows something on a Prometheus that scrapes the demo; promtool reads /metrics (two minutes)
	@tools/observe/check.sh

prove-defences: ## take each defence away in turn and see its test fail (T="T18 T30" for some); about half an hour
	@setting=$$(tools/postgres/ensure.sh) && exec env $${setting:+"$$setting"} go run ./internal/defences/prove $(T)

prove-cluster: ## install, upgrade, roll back, scale and uninstall the chart on a real control plane, under load (five minutes; the first time a quarter of an hour)
	@tools/cluster/prove.sh

format: ## gofmt every Go file
	@git -c safe.directory='*' ls-files --cached --others --exclude-standard '*.go' | xargs -r ls 2>/dev/null | xargs -r gofmt -w

.PHONY: prove-faults prove-failover prove-restore prove-line prove-mix soak

prove-faults: build ## kill servers, database, pooler and worker at random under writing load and hold what was acknowledged against what is stored (KILLS=100 SEED=…; a quarter of an hour)
	go run ./bench/faults -n $(or $(KILLS),100) $(if $(SEED),-seed $(SEED)) kills

prove-failover: build ## kill the primary under writing load, promote its standby, count what was acknowledged (two minutes)
	go run ./bench/faults $(if $(SEED),-seed $(SEED)) failover

prove-restore: build ## back up while people work, restore from the files alone, compare row by row (three minutes)
	go run ./bench/faults $(if $(SEED),-seed $(SEED)) restore

prove-line: build ## a slow, cut and stalling line between servers and database, under writing load (three minutes)
	tools=$$(tools/faults/ensure.sh) && go run ./bench/faults -tools "$$tools" $(if $(SEED),-seed $(SEED)) line

prove-mix: build ## let k6 ask the mixes of the 30th of the month and of the year's end while townships write (MINUTES=1 each)
	tools=$$(tools/faults/ensure.sh) && go run ./bench/faults -tools "$$tools" -minutes $(or $(MINUTES),1) mix

soak: build ## serve the real mix at half of saturation (MINUTES=60) and see whether memory, connections, goroutines and answers stay as they are
	go run ./bench/faults -minutes $(or $(MINUTES),60) soak
