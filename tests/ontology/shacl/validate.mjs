#!/usr/bin/env node
// usage: validate.mjs [--expect-violation] GRAPH…
// Validates each graph (N-Triples, N-Quads, Turtle, TriG; named graphs are taken together) for itself against ontology/shapes.ttl, with the
// class tree of ontology/tidings.ttl. Prints TAP; exit 1 on a violation, 2 on a graph that cannot be read. With --expect-violation each
// graph must have at least one: for graphs that are wrong on purpose.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DataFactory, Parser, Store } from 'n3'
import SHACLValidator from 'rdf-validate-shacl'

const ONTOLOGY = join(dirname(fileURLToPath(import.meta.url)), '../../../ontology')
const SUBCLASS = 'http://www.w3.org/2000/01/rdf-schema#subClassOf'
const SHOWN = 20

function read(path) {
  const format = path.endsWith('.nt') || path.endsWith('.nq') ? 'N-Quads' : 'TriG'
  const quads = new Parser({ format }).parse(readFileSync(path, 'utf8'))
  return quads.map(q => DataFactory.quad(q.subject, q.predicate, q.object))
}

function describe(result) {
  const value = result.value ? ` = ${result.value.value}` : ''
  const path = result.path ? ` ${result.path.value}` : ''
  return `${result.focusNode?.value}${path}${value}: ${result.sourceConstraintComponent.value.split('#').pop()}`
}

const expectViolation = process.argv[2] === '--expect-violation'
const paths = process.argv.slice(expectViolation ? 3 : 2)
if (!paths.length) {
  console.error('usage: validate.mjs [--expect-violation] GRAPH…')
  process.exit(2)
}
const validator = new SHACLValidator(new Store(read(join(ONTOLOGY, 'shapes.ttl'))))
const classes = read(join(ONTOLOGY, 'tidings.ttl')).filter(q => q.predicate.value === SUBCLASS)

async function check(path) {
  const quads = read(path)
  const report = await validator.validate(new Store([...quads, ...classes]))
  return { size: quads.length, problems: report.results.map(describe) }
}

let status = 0
console.log(`1..${paths.length}`)
for (const [i, path] of paths.entries()) {
  try {
    const { size, problems } = await check(path)
    const fine = size > 0 && (problems.length > 0) === expectViolation
    console.log(`${fine ? 'ok' : 'not ok'} ${i + 1} - ${path}: ${size} triples, ${problems.length} violations`)
    if (!fine) for (const problem of problems.slice(0, SHOWN)) console.log(`# ${problem}`)
    if (!fine) status ||= 1
  } catch (error) {
    console.log(`not ok ${i + 1} - ${path}: ${error.message}`)
    status = 2
  }
}
process.exit(status)
