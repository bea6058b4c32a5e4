// Package inbrowser owns what people do in the web console, as tests: a real
// service with the fictional county on a real database, and real Chromium on a
// desk and with a phone. The journeys themselves are scripts of tools/browser.
//
// It does not own single pages (their tests stand beside them in
// internal/console/app) or what the API answers (overhttp, graphtest).
package inbrowser
