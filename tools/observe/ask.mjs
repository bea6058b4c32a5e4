// Uses the demonstration for a minute as people do, then asks every query of
// every panel and of every alert. Arguments: demo.json, Prometheus, the page of
// metrics, and where to keep that page for promtool.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [manifest, prometheus, metrics, kept] = process.argv.slice(2)
const demo = JSON.parse(readFileSync(manifest, 'utf8'))
const dashboards = join(dirname(fileURLToPath(import.meta.url)), '../../charts/leitai/dashboards')
const pause = (ms) => new Promise((done) => setTimeout(done, ms))
const holder = (role) => demo.roles.find((one) => one.role === role) ?? demo.roles[0]
const clerk = holder('township-clerk')

async function ask(query, headers = {}) {
  const answer = await fetch(demo.graphql, { method: 'POST', body: JSON.stringify({ query }),
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', Authorization: `Bearer ${clerk.token}`, ...headers } })
  return answer.json()
}

// use does a little of everything that is measured.
async function use(turn) {
  const exporting = 'mutation { exportRequest(input: {kind: ISSUES, format: CSV}) { job { id } userErrors { code } } }'
  const { data } = await ask('{ viewer { __typename } competitions(first: 1) { nodes { rounds(first: 3) { nodes { id } } } } }')
  for (const round of data?.competitions?.nodes?.[0]?.rounds?.nodes ?? []) {
    await ask(`{ board(round: "${round.id}") { period rows { rank } } }`)
  }
  await ask('{ nosuchfield }')
  await ask(exporting, { 'Idempotency-Key': `check-${turn >> 1}` })
  for (const password of [clerk.password, 'not the password']) {
    await fetch(`${demo.url}/auth/login`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login: clerk.login, password }) })
  }
  await fetch(`${demo.url}/readyz`)
}

async function query(expr, path = 'query') {
  const answer = await (await fetch(`${prometheus}/api/v1/${path}`, expr ? { method: 'POST', body: new URLSearchParams({ query: expr }) } : {})).json()
  if (answer.status !== 'success') throw new Error(`${expr}: ${answer.error}`)
  return answer.data
}

// filled is a query of a panel as Grafana sends it.
const filled = (expr) => expr.replaceAll('$__rate_interval', '1m').replaceAll('$instance', '.*').replaceAll('$demo', 'true|false')

async function shows(expr) {
  const { result } = await query(filled(expr))
  return result.some((series) => Number.isFinite(Number(series.value[1])))
}

for (let turn = 0; turn < 12; turn++) {
  await use(turn)
  await pause(2500)
}

let empty = []
let asked = 0
for (let patience = 0; patience < 8; patience++) { // the first minutes of a machine that is busy
  empty = []
  asked = 0
  for (const file of readdirSync(dashboards)) {
    for (const panel of JSON.parse(readFileSync(join(dashboards, file), 'utf8')).panels) {
      for (const { expr } of panel.targets ?? []) {
        asked++
        if (!(await shows(expr))) empty.push(`${file}: ${panel.title}: ${filled(expr)}`)
      }
    }
  }
  if (empty.length === 0) break
  await use(100 + patience)
  await pause(5000)
}
writeFileSync(kept, await (await fetch(metrics)).text())
const firing = (await query('ALERTS{alertstate="firing"}')).result.map((one) => one.metric.alertname)
for (const one of empty) console.error(`nothing to show: ${one}`)
for (const one of firing) console.error(`fires on the demonstration: ${one}`)
if (asked === 0) console.error('no panel was asked')
if (empty.length || firing.length || !asked) process.exit(1)
console.log(`${asked} queries of the dashboards show something; no alert fires`)
