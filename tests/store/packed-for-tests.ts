import BetterSqlite3 from 'better-sqlite3';
import type { Assertion, FactValue } from '../../server/domain/assertions.ts';
import { compareCodePoints } from '../../server/domain/compare.ts';
import type { FieldSpec } from '../../server/domain/fact-fields.ts';
import { factFields } from '../../server/domain/fact-fields.ts';
import type { FactKind } from '../../server/domain/facts.ts';
import { splitPairKey } from '../../server/domain/facts.ts';
import { PackedAssertions, PackedRows } from '../../server/domain/packed/packed-assertions.ts';
import { kindTables } from '../../server/store/sqlite/kind-table.ts';
import { mulberry32 } from '../bench/large-world.ts';
import { artifact, lab, say, transfer, vendor } from './assertions-for-tests.ts';

/** A world of all kinds. About one row in ten breaks a rule. */
export function randomWorld(seed: number, transfers: number): Assertion[] {
  const random = mulberry32(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const rarely = <T>(value: T, otherwise: T, chance = 0.01): T => (random() < chance ? value : otherwise);
  const organization = () => rarely('nobody', pick(['vega', 'kite', 'moss', 'quill', 'zürich 😀']));
  const work = () => rarely('nothing', pick(['rubric', 'rules', 'part']));
  const instant = () => rarely<FactValue | undefined>(1e16, pick([undefined, null, 0, -5, 1.7e12, 1.6e12 + Math.floor(random() * 1e9)]));
  const share = () => rarely<FactValue | undefined>(2, pick([undefined, null, 1, 0.5, 0.1 + 0.2]));
  const world = [
    lab('vega', { aliases: ['V'], attributes: [{ name: 'b', value: '1' }] }),
    lab('kite', { mergedInto: undefined }),
    vendor('moss', { country: null }),
    vendor('quill'),
    vendor('zürich 😀'),
    artifact('rubric', 'vega', { fragmentCount: 2, valueLowUsd: 5, valueHighUsd: 7 }),
    artifact('rules', 'kite', { usefulPortion: 0.5 }),
    artifact('part', 'vega'),
    // Rows after a refused artifact are checked for whether they name it.
    ...(seed % 10 === 3 ? [artifact('orphan', 'moss')] : []),
    say('ENGAGEMENT', { id: 'e1', client: 'vega', provider: 'moss', auditRight: true, attributes: [] }),
  ];
  for (let i = 0; i < transfers; i++) {
    const id = rarely(`owned:${i}`, rarely(` `, `t-${String(i).padStart(6, '0')}`, 1 / transfers));
    const stated = {
      sentAt: instant(),
      portion: share(),
      fragments: pick([undefined, undefined, undefined, [], ['a'], rarely(['a', 'b', 'c'], ['a', 'b'], 0.2)]),
      form: rarely('PAPER', pick(['PLAINTEXT', 'VIEW_ONLY', undefined])),
      deletionState: pick([undefined, 'NONE', 'ATTESTED']),
      deletedAt: instant(),
      channel: pick([undefined, 'mail', 'courier', rarely('long '.repeat(200), 'disk', 0.1)]),
      engagement: pick([undefined, 'e1', rarely('e9', 'e1')]),
      confidence: share(),
    };
    const source = pick([null, 'an audit', rarely('s'.repeat(501), 'a letter', 0.1)]);
    const place = { assertedAt: pick([7, 1.7e12]), source, file: pick(['a.csv', 'b.csv']), line: i + 2 };
    world.push({ ...transfer(id, work(), organization(), organization(), stated), ...place });
  }
  for (let i = 0; i < 60; i++) {
    const likelihood = share();
    world.push(
      say('ACCESS', { id: `a${i}`, grantee: organization(), grantor: organization(), kind: 'CREDENTIALS', likelihood }, { line: i + 1 }),
    );
    world.push(
      say('CONTROL', {
        organization: organization(),
        control: i === 5 ? 'c\u0007' : `c/${i} %`,
        evidenceType: 'SELF_ATTESTED',
        issuedAt: instant(),
      }),
    );
  }
  for (const [from, to] of [
    ['rubric', 'rules'],
    ['rules', 'part'],
    ['part', 'part'],
    ['part', 'nothing'],
  ] as const)
    world.push(say('REVEALS', { artifact: from, reveals: to, degree: 0.5 }));
  return world;
}

/** A write that may name a rejected fact is planned row by row, and not by column. */
export const plannedAlone = { rejectedKeys: new Map<FactKind, Set<string>>([['ORGANIZATION', new Set(['no row names this'])]]) };

/** The cells of a field, as `readRows` reads them: `typeof` beside each. */
function cellOf(spec: FieldSpec, value: FactValue | undefined): unknown[] {
  if (value === undefined || value === null) return [null, 'null'];
  switch (spec.type) {
    case 'reference':
      return spec.isKey ? [value, 'text'] : phraseOf(value as string);
    case 'text':
      return spec.repeats === true ? phraseOf(value as string) : [value, 'text'];
    case 'enum':
      return [spec.values.indexOf(value as string), 'integer'];
    case 'number':
      return [value, 'real'];
    case 'texts':
    case 'enums':
    case 'attributes':
      return [JSON.stringify(value), 'text'];
    default:
      return [Number(value), 'integer'];
  }
}

function phraseOf(text: string | null): unknown[] {
  if (text === null) return [null, 'null'];
  return text.length > 500 ? [text, 'text'] : [`phrase ${text}`, 'integer'];
}

/** The rows that SQLite is to hold, as `readRows` reads them: what each accepted assertion states. */
export function rowsOf(writes: readonly { readonly assertions: Iterable<Assertion>; readonly effects: ArrayLike<number> }[]): object[] {
  const all = writes.flatMap(({ assertions, effects }, write) =>
    [...assertions].flatMap((assertion, i) => (effects[i] === 4 ? [] : [{ assertion, effect: effects[i], write: write + 1 }])),
  );
  return [...kindTables.values()].flatMap(({ kind }) => {
    const fields = factFields[kind].map((spec, field) => ({ spec, field }));
    return all
      .filter(({ assertion }) => assertion.kind === kind)
      .sort((a, b) => compareCodePoints(a.assertion.key, b.assertion.key) || a.write - b.write)
      .map(({ assertion: { values, assertedAt, source, file, line, key, isRetraction }, effect, write }) => {
        const stated = values.reduce<number>((bits, value, field) => (value === undefined ? bits : bits | (1 << field)), 0);
        const keys = fields.filter(({ spec }) => spec.isKey);
        const own = keys.length === 1 ? [key] : splitPairKey(key);
        return [
          ...own.flatMap((text) => [text, 'text']),
          ...[write, 'integer', isRetraction ? 0 : stated, 'integer', assertedAt, 'integer', ...phraseOf(source), ...phraseOf(file)],
          ...[line, line === null ? 'null' : 'integer', effect, 'integer'],
          ...fields.flatMap(({ spec, field }) => (spec.isKey ? [] : cellOf(spec, values[field]))),
        ];
      });
  });
}

/** All rows of facts with the types of their cells. Phrases are read: their numbers depend on the order in which they were met. */
export function readRows(path: string): object[] {
  const database = new BetterSqlite3(path, { readonly: true });
  try {
    const phrases = new Map(database.prepare('SELECT "n", "text" FROM phrase').raw().all() as [number, string][]);
    return [...kindTables.values()].flatMap((table) => {
      const columns = table.columnNames.map((name) => `"${name}", typeof("${name}")`).join(', ');
      const rows = database.prepare(`SELECT ${columns} FROM ${table.name} ORDER BY ${table.keys}, "write"`).raw().all() as unknown[][];
      return rows.map((row) =>
        row.map((cell, i) => (i % 2 === 0 && table.isPhrase(i / 2) && typeof cell === 'number' ? `phrase ${phrases.get(cell)}` : cell)),
      );
    });
  } finally {
    database.close();
  }
}

/** The rows of an import as another thread receives them. */
export function pack(assertions: readonly Assertion[], isDropped: (place: number) => boolean = () => false): PackedAssertions {
  const rows = new PackedRows();
  for (const assertion of assertions) {
    rows.pack(assertion);
    const place = rows.add(assertion.kind);
    if (isDropped(place)) rows.drop(place);
  }
  return PackedAssertions.from(structuredClone(rows.finish().share()));
}
