import type { FactValue, RecordedFact } from '../../../server/domain/assertions.ts';
import type { FieldSpec } from '../../../server/domain/fact-fields.ts';
import { factFields } from '../../../server/domain/fact-fields.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { selectLabView, toLabFacts } from '../../../server/projection/lab-view.ts';
import { runAtOnce } from '../../../server/projection/turns.ts';
import { isNamedBy } from '../../support/oracle/naming-text.ts';
import { describe, expect, it } from '../../support/test.ts';
import { canaryArtifact, canaryLab, canaryTerms, harmlessTexts, spelledNames } from '../../support/worlds/spelled-names.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

/** A view with a fact of every kind, and beside it the hidden lab. */
const base = toRecordedFacts(
  world()
    .lab('aurelis')
    .organization(canaryLab.id, { ...canaryLab, roles: ['LAB'] })
    .vendor('v-1', 'v-2')
    .artifact('guide', 'aurelis', { fragmentCount: 4 })
    .artifact('rubric', 'aurelis')
    .artifact('theirs', canaryLab.id, { name: canaryArtifact })
    .engagement('e-1', 'aurelis', 'v-1')
    .transfer('t-1', 'guide', 'aurelis', 'v-1', { engagement: 'e-1', fragments: ['one'] })
    .access('a-1', 'v-2', 'v-1')
    .reveals('guide', 'rubric', 0.5)
    .control('v-1', 'MFA', { issuer: 'v-2' })
    .build(),
).map((fact) => ({ ...fact, provenance: { ...fact.provenance, importId: 'i-1', file: 'list.csv', line: 2, source: 'own list' } }));

const isHidden = ({ kind, key }: RecordedFact) =>
  (kind === 'ORGANIZATION' && key === canaryLab.id) || (kind === 'ARTIFACT' && key === 'theirs');

function viewOf(facts: readonly RecordedFact[]): RecordedFact[] {
  const projection = buildProjection(facts, 1);
  return toLabFacts(projection, runAtOnce(selectLabView(projection, [projection.organizations.id.find('aurelis')], new Map())), facts);
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object') for (const each of Object.values(value)) yield* textsOf(each);
}

/** The facts with a text in each place where one can stand, ids aside. */
function withEverywhere(text: string): RecordedFact[] {
  const put = (spec: FieldSpec, value: FactValue): FactValue => {
    if (spec.isKey || spec.isInternal === true) return value;
    if (spec.type === 'text') return text;
    if (spec.type === 'texts') return ['kept', text];
    if (spec.type !== 'attributes') return value;
    return [
      { name: 'kept', value: 'kept' },
      { name: text, value: 'a' },
      { name: 'a', value: text },
    ];
  };
  return base.map((fact) =>
    isHidden(fact)
      ? fact
      : {
          ...fact,
          values: factFields[fact.kind].map((spec, i) => put(spec, fact.values[i] as FactValue)),
          provenance: { ...fact.provenance, file: text, assertedBy: text, source: text },
        },
  );
}

/** The facts, and a copy of each in the view whose id is a text. */
function withIds(text: string): RecordedFact[] {
  const copies = base.flatMap((fact): RecordedFact[] => {
    const [first, second] = factFields[fact.kind].flatMap((spec, i) => (spec.isKey && spec.type === 'text' ? [i] : []));
    if (isHidden(fact) || first === undefined || second !== undefined || fact.key === 'aurelis') return [];
    return [{ ...fact, key: fact.kind === 'CONTROL' ? `v-1/${encodeURIComponent(text)}` : text, values: fact.values.with(first, text) }];
  });
  const transfer = base.find(({ key }) => key === 't-1') as RecordedFact;
  const [recipient, artifact] = ['recipient', 'artifact'].map((name) => factFields.TRANSFER.findIndex((spec) => spec.name === name)) as [
    number,
    number,
  ];
  // So that the copies would be in the view. A transfer to the lab itself would let the view name it.
  const leading = [
    { ...transfer, key: 't-to', values: transfer.values.with(0, 't-to').with(recipient, text) },
    { ...transfer, key: 't-of', values: transfer.values.with(0, 't-of').with(artifact, text) },
  ];
  if (text === canaryLab.id) leading.length = 0;
  const seen = new Set<string>();
  return [...base, ...copies, ...leading].filter(({ kind, key }) => !seen.has(`${kind} ${key}`) && seen.add(`${kind} ${key}`));
}

const named = (text: string) => canaryTerms.some((term) => isNamedBy(text, term));

describe('the facts of a lab’s view', () => {
  it.each(spelledNames)('[P482] tell %j in no text of any kind of fact, and keep the rest', (text) => {
    const visible = viewOf(withEverywhere(text));
    expect(visible.map(({ kind, key }) => `${kind} ${key}`)).toEqual(viewOf(base).map(({ kind, key }) => `${kind} ${key}`));
    expect([...textsOf(visible)].filter(named)).toEqual([]);
    expect([...textsOf(visible)].filter((each) => each === 'kept').length).toBeGreaterThan(4);
  });

  it.each(spelledNames.filter((text) => !text.includes('prism')))(
    '[P482] tell no fact whose id is %j, and none that refers to it',
    (text) => {
      const visible = viewOf(withIds(text));
      expect(visible).toEqual(viewOf(base));
    },
  );

  it('[P482] tell an own artifact whose id has the name of a hidden lab’s artifact, with its transfers', () => {
    const visible = viewOf(withIds('prism_preference_taxonomy.csv')).map(({ kind, key }) => `${kind} ${key}`);
    expect(visible).toContain('ARTIFACT prism_preference_taxonomy.csv');
    expect(visible).toContain('TRANSFER t-of');
  });

  it.each(harmlessTexts.filter((text) => text !== ''))('[P482] tell %j wherever it stands', (text) => {
    const facts = withEverywhere(text);
    const inView = facts.filter((fact) => !isHidden(fact));
    expect(viewOf(facts).map(({ values }) => values)).toEqual(inView.map(({ values }) => values));
    expect(viewOf(withIds(text)).length).toBe(withIds(text).length - 2);
  });
});
