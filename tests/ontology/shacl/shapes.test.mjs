// The shapes let the good graph pass and notice each single change of mutations.tsv. Prints TAP.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const good = readFileSync(join(here, 'good.ttl'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'tidings-shapes-'))
const validate = (...args) => spawnSync(process.execPath, [join(here, 'validate.mjs'), ...args], { encoding: 'utf8' })
const mutations = readFileSync(join(here, 'mutations.tsv'), 'utf8').split('\n').filter(l => l && !l.startsWith('#')).map(l => l.split('\t'))

const files = mutations.map(([from, to], i) => {
  if (!good.includes(from)) throw new Error(`not in good.ttl: ${from}`)
  const path = join(folder, `${i + 1}.ttl`)
  writeFileSync(path, good.replaceAll(from, to))
  return path
})
const fine = validate(join(here, 'good.ttl'))
const broken = validate('--expect-violation', ...files)
rmSync(folder, { recursive: true })

console.log(`1..${mutations.length + 1}`)
console.log(`${fine.status === 0 ? 'ok' : 'not ok'} 1 - the good graph passes`)
const lines = broken.stdout.split('\n').filter(l => /^(not )?ok /.test(l))
mutations.forEach(([from, to], i) => {
  const noticed = lines[i]?.startsWith('ok ')
  console.log(`${noticed ? 'ok' : 'not ok'} ${i + 2} - noticed: ${from} → ${to || 'nothing'}`)
})
process.exit(fine.status === 0 && lines.length === mutations.length && lines.every(l => l.startsWith('ok ')) ? 0 : 1)
