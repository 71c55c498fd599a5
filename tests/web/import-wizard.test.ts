import { factFields } from '../../server/domain/fact-fields.ts';
import { factKinds } from '../../server/domain/facts.ts';
import { proposeClientRole } from '../../server/import/mapping/propose-client.ts';
import { choiceOf, choicesFor, controlName, decisionFor } from '../../web/features/import/list/column-choice.ts';
import { findField, readableFields, valuesOf } from '../../web/features/import/list/field-words.ts';
import { likelyRole, listKindOf, recognitionOf } from '../../web/features/import/list/list-kinds.ts';
import { choiceFor, decisionFor as decisionForMatch, findMatches, groupMatches } from '../../web/features/import/names/use-matches.ts';
import { dateExample, inputsFor } from '../../web/features/import/questions/answers.ts';
import { firstOpenStep, planSteps, stepAfter } from '../../web/features/import/steps/plan-steps.ts';
import type { ImportDetail } from '../../web/features/import/use-import.ts';
import { describe, expect, it } from '../support/test.ts';

type Planned = Parameters<typeof planSteps>[0];
type Question = ImportDetail['questions'][number];

const question = (kind: Question['kind'], more: Partial<Question> = {}): Question => ({
  id: kind,
  kind,
  file: 'list.csv',
  index: null,
  message: '',
  choices: [],
  proposed: null,
  isOptional: false,
  refused: [],
  ...more,
});

function draft(questions: readonly Question[], mapped = ['list.csv'], names = ['list.csv']): Planned {
  const files = names.map((name) => ({ name })) as ImportDetail['files'];
  const mappingDocument = mapped.length === 0 ? null : JSON.stringify({ version: 1, files: mapped.map((name) => ({ name })) });
  return { state: 'DRAFT', files, questions: [...questions], causes: [], mappingDocument, report: null };
}

describe('the steps of an import', () => {
  it('[W22] canonical files go straight to the report, and no step is shown that has nothing to ask', () => {
    const canonical = draft([], []);
    expect([planSteps(canonical, 0), firstOpenStep(canonical)]).toEqual([['upload', 'preview', 'commit'], 'preview']);
    const remembered = draft([]);
    expect([planSteps(remembered, 0), firstOpenStep(remembered)]).toEqual([['upload', 'list', 'preview', 'commit'], 'preview']);
    expect(firstOpenStep(draft([], [], []))).toBe('upload');
    expect(firstOpenStep({ ...canonical, state: 'COMMITTED' })).toBe('commit');
  });

  it('[W22] the first open step opens, and an answer that raises another question leads to it', () => {
    const open = draft([question('CLIENT'), question('DATE_ORDER'), question('MATCHES')]);
    expect([planSteps(open, 2), firstOpenStep(open)]).toEqual([['upload', 'list', 'questions', 'names', 'preview', 'commit'], 'list']);
    expect(stepAfter(open, 'list', 2)).toBe('list');
    expect(stepAfter(draft([question('CLIENT_ROLE'), question('DATE_ORDER')]), 'list', 2)).toBe('list');
    expect(stepAfter(draft([question('DATE_ORDER')]), 'list', 2)).toBe('questions');
    expect(stepAfter(draft([question('CREATE_MISSING')]), 'questions', 2)).toBe('questions');
    expect(stepAfter(draft([]), 'questions', 2)).toBe('names');
    expect(stepAfter(draft([]), 'names', 2)).toBe('preview');
    expect(stepAfter(draft([]), 'questions', 0)).toBe('preview');
  });

  it('[W202] a later edition asks who is who before it asks what became of the facts that are gone', () => {
    const report = { drift: { since: '2026-01-01T00:00:00Z', listedBefore: 9, newCount: 1, againCount: 6, goneCount: 3 } };
    const open = { ...draft([question('UNLISTED')]), report } as Planned;
    expect(planSteps(open, 2)).toEqual(['upload', 'list', 'names', 'questions', 'preview', 'commit']);
    expect([stepAfter(open, 'list', 2), stepAfter(open, 'names', 2), stepAfter(open, 'list', 0)]).toEqual([
      'names',
      'questions',
      'questions',
    ]);
    const answered = { ...draft([]), report } as Planned;
    expect([stepAfter(answered, 'names', 1), stepAfter(answered, 'questions', 1)]).toEqual(['preview', 'preview']);
  });

  it('[W22] an unrecognized file raises a question, even if no decision names it', () => {
    const cause = { code: 'UNKNOWN_KIND', column: null, count: 1, example: { file: 'notes.csv', line: 1, message: '' } };
    const unknown = { ...draft([], [], ['notes.csv']), causes: [cause] } as Planned;
    expect([planSteps(unknown, 0), firstOpenStep(unknown)]).toEqual([['upload', 'list', 'preview', 'commit'], 'list']);
  });
});

describe('the meaning of a column', () => {
  it.each(factKinds)('[W23] every field of %s can be chosen, with the values that it takes', (kind) => {
    const catalog = factFields[kind].filter(({ type, isInternal }) => type !== 'attributes' && isInternal !== true);
    expect(readableFields(kind).map(({ name }) => name)).toEqual(catalog.map(({ name }) => name));
    for (const spec of catalog) {
      const field = findField(kind, spec.name);
      expect(field?.words).toMatch(/^[a-z]/);
      if (spec.type === 'enum' || spec.type === 'enums') expect(field && valuesOf(field)).toEqual(spec.values);
    }
  });

  it('[W23] a choice is the decision that it shows', () => {
    const column = { column: 'SOC 2 Type II', use: 'ATTRIBUTE', kind: null, field: null, control: null };
    const kinds = ['ORGANIZATION', 'ENGAGEMENT'] as const;
    for (const { value } of choicesFor(kinds).flatMap(({ items }) => items)) {
      const { index, use, kind = null, field = null, control = null } = decisionFor(3, column, value);
      expect([index, choiceOf({ column: 'x', use, kind, field: field ?? null, control: control ?? null })]).toEqual([3, value]);
    }
    expect(decisionFor(3, column, 'CONTROL')).toEqual({ index: 3, use: 'CONTROL', control: 'SOC_2_TYPE_II' });
    expect([controlName(' –– '), controlName('Prüfung 1')]).toEqual(['CONTROL', 'PRÜFUNG_1']);
  });

  it('[W23] the kind of a list follows from its facts, with the confidence of its least certain naming column', () => {
    const column = (kind: 'ORGANIZATION' | 'ENGAGEMENT', field: string, confidence: number) => ({
      use: 'FIELD',
      kind,
      field,
      confidence,
      because: `${field} fits`,
      column: field,
    });
    const vendors = {
      kinds: ['ORGANIZATION', 'ENGAGEMENT'] as const,
      columns: [column('ORGANIZATION', 'name', 0.9), column('ENGAGEMENT', 'service', 0.5)],
    };
    expect([listKindOf(vendors), recognitionOf(vendors)?.confidence]).toEqual(['VENDORS', 0.9]);
    const pairs = { ...vendors, columns: [...vendors.columns, column('ENGAGEMENT', 'client', 0.7)] };
    expect([listKindOf(pairs), recognitionOf(pairs)?.confidence]).toEqual(['PAIRS', 0.7]);
    expect(listKindOf({ kinds: ['ORGANIZATION', 'CONTROL'], columns: [] })).toBe('ORGANIZATIONS');
    expect([listKindOf({ kinds: [], columns: [] }), recognitionOf({ kinds: [], columns: [] })]).toEqual([null, null]);
  });
});

describe('the role of a new client', () => {
  // The command line proposes the same role.
  it.each([
    'Northwind Bank',
    'Stadt Köln',
    'Ville de Montréal',
    'Acme Insurance plc',
    'Universität Bern',
    'Acme Labs',
    'Embankment AI',
    '',
  ])('[W203] follows from its name: %j', (name) => {
    expect(likelyRole(name)).toBe(/Labs|AI|^$/.test(name) ? 'LAB' : 'VENDOR');
    expect(proposeClientRole(name)).toBe(likelyRole(name));
  });
});

describe('the answers of an import', () => {
  it('[W24] an answer is the decision that its question asks for', () => {
    const of = { id: 'imp', files: [] };
    const ask = (kind: Question['kind'], answer: string | null) => inputsFor(of, question(kind, { index: 4 }), answer);
    const input = { import: 'imp', file: 'list.csv' };
    expect(ask('DATE_ORDER', 'MONTH_FIRST')).toEqual([{ ...input, dateOrder: 'MONTH_FIRST' }]);
    expect(ask('DATE_MEANING', 'attribute')).toEqual([{ ...input, columns: [{ index: 4, use: 'ATTRIBUTE' }] }]);
    expect(ask('DATE_MEANING', 'ends_at')).toEqual([
      { ...input, columns: [{ index: 4, use: 'FIELD', kind: 'ENGAGEMENT', field: 'endsAt' }] },
    ]);
    expect(ask('PARTY_MEANING', 'sender')).toEqual([
      { ...input, columns: [{ index: 4, use: 'FIELD', kind: 'TRANSFER', field: 'sender' }] },
    ]);
    expect(ask('PARTY_MEANING', 'grantor')).toEqual([
      { ...input, columns: [{ index: 4, use: 'FIELD', kind: 'ACCESS', field: 'grantor' }] },
    ]);
    expect(ask('PARTY_MEANING', 'ignore')).toEqual([{ ...input, columns: [{ index: 4, use: 'IGNORED' }] }]);
    expect(ask('CREATE_MISSING', 'true')).toEqual([{ ...input, createMissingOrganizations: true }]);
    expect(ask('NEW_ARTIFACTS', 'PROMPT_SET,4,Vega, Labs')).toEqual([
      { ...input, newArtifacts: { type: 'PROMPT_SET', sensitivity: 4, owner: 'Vega, Labs' } },
    ]);
    expect([ask('NEW_ARTIFACTS', 'reject'), ask('NEW_ARTIFACTS', 'PROMPT_SET,,')]).toEqual([
      [{ ...input, rejectUnknownArtifacts: true }],
      [],
    ]);
    expect(ask('UNNAMED_ROWS', 'above')).toEqual([{ ...input, namesAbove: true }]);
    expect(ask('REMARKS', 'apply')).toEqual([{ ...input, remarks: 'APPLY' }]);
    expect(ask('REMARKS', 'left-out')).toEqual([{ ...input, remarks: 'LEAVE_OUT' }]);
    expect(ask('UNNAMED_ROWS', 'left-out')).toEqual([{ ...input, namesAbove: false }]);
    expect([ask('DATE_ORDER', null), ask('VALUES', 'x')]).toEqual([[], []]);
  });

  it('[W24] a date shows both of its readings', () => {
    expect([dateExample('7/9/2024', 'DAY_FIRST'), dateExample('7/9/2024', 'MONTH_FIRST')]).toEqual([
      '7/9/2024 is Sep 7, 2024',
      '7/9/2024 is Jul 9, 2024',
    ]);
    expect([dateExample('25.12.2024', 'MONTH_FIRST'), dateExample('soon', 'DAY_FIRST')]).toEqual([null, null]);
  });

  it('[W24] only names that differ in spelling are offered together, and hints never', () => {
    const match = (name: string, grade: 'SAME' | 'RELATED' | 'HINT', target: string | null) => ({
      id: name,
      file: 'list.csv',
      line: 2,
      name,
      rowCount: 1,
      decision: 'UNDECIDED' as const,
      target,
      candidates: [{ id: 'aws', name: 'AWS', isStored: true, grade, evidence: [] }],
    });
    const [same, ambiguous, related, hint] = [
      match('A.W.S.', 'SAME', 'aws'),
      match('AWS', 'SAME', null),
      match('Bedrock', 'RELATED', null),
      match('ABS', 'HINT', null),
    ];
    expect(groupMatches([same, ambiguous, related, hint])).toEqual({ same: [same], related: [ambiguous, related], hints: [hint] });
    expect([same, related].map(choiceFor)).toEqual([null, null]);
    const often = { ...match('Okta', 'RELATED', null), rowCount: 7 };
    expect(findMatches([related, often, hint], '')).toEqual([often, related, hint]);
    expect(findMatches([related, often], ' OKTA ')).toEqual([often]);
    expect(findMatches([related, often], 'aws')).toEqual([often, related]);
    expect(choiceFor({ ...same, decision: 'ALIAS' })).toBe('aws');
    expect(decisionForMatch(same, 'aws')).toEqual({ match: 'A.W.S.', decision: 'ALIAS', target: 'aws' });
    expect(decisionForMatch(related, 'NEW')).toEqual({ match: 'Bedrock', decision: 'NEW' });
  });
});
