// Writes charts/leitai/dashboards from panels.mjs; with --check it only says
// whether they are what it would write.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dashboards } from './panels.mjs'

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../charts/leitai/dashboards')
const source = { type: 'prometheus', uid: '${datasource}' }

function variable(v) {
  if (v.custom) {
    const options = v.custom.map((value) => ({ text: value, value, selected: value === v.custom[0] }))
    return { name: v.name, label: v.label, type: 'custom', query: v.custom.join(','), multi: true, includeAll: false, options, current: { text: [v.custom[0]], value: [v.custom[0]] } }
  }
  return { name: v.name, label: v.label, type: 'query', datasource: source, query: { query: v.query, refId: v.name }, refresh: 2, multi: true, includeAll: true, allValue: '.*',
    current: { text: ['All'], value: ['$__all'] } }
}

function panel([title, unit, ...rest], id, gridPos) {
  const how = rest.find((one) => !Array.isArray(one)) ?? {}
  const targets = rest.filter(Array.isArray).map(([expr, legendFormat], n) => ({ refId: String.fromCharCode(65 + n), datasource: source, expr, legendFormat }))
  const steps = [{ color: how.red ? 'green' : 'blue', value: null }, ...(how.red ? [{ color: 'red', value: how.red }] : [])]
  return { id, title, type: how.kind ?? 'timeseries', datasource: source, gridPos, targets,
    fieldConfig: { defaults: { unit, min: 0, thresholds: { mode: 'absolute', steps } }, overrides: [] },
    options: how.kind === 'stat' ? { colorMode: 'value', graphMode: 'area', reduceOptions: { calcs: ['lastNotNull'] } } : { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } } }
}

function dashboard(d) {
  const panels = []
  let y = 0
  for (const [title, shown] of d.rows) {
    panels.push({ id: panels.length + 1, title, type: 'row', collapsed: false, panels: [], gridPos: { x: 0, y: y++, w: 24, h: 1 } })
    let x = 0
    let height = 0
    for (const one of shown) {
      const stat = one.some((part) => part.kind === 'stat')
      const [w, h] = stat ? [4, 4] : [8, 8]
      if (x + w > 24) {
        x = 0
        y += height
        height = 0
      }
      panels.push(panel(one, panels.length + 1, { x, y, w, h }))
      x += w
      height = Math.max(height, h)
    }
    y += height
  }
  return { uid: d.uid, title: d.title, tags: ['leitai'], timezone: 'browser', schemaVersion: 39, version: 1, editable: true, graphTooltip: 1, refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [{ name: 'datasource', label: '数据源 data source', type: 'datasource', query: 'prometheus', current: {} }, ...d.variables.map(variable)] },
    panels }
}

let stale = 0
mkdirSync(folder, { recursive: true })
for (const d of dashboards) {
  const path = join(folder, d.file)
  const text = JSON.stringify(dashboard(d), null, 1) + '\n'
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text)
  } else if (readFileSync(path, 'utf8') !== text) {
    console.error(`charts/leitai/dashboards/${d.file} is not what tools/observe/panels.mjs says: node tools/observe/build.mjs`)
    stale = 1
  }
}
process.exit(stale)
