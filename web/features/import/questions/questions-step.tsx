import { Checkbox, Radio, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { countOf, formatCount } from '../../../shared/format/count.ts';
import { factName } from '../../../shared/format/fact-name.ts';
import { ARTIFACT_TYPE_WORDS } from '../../../shared/format/words.ts';
import type { ArtifactType, DateOrder, MapImportFileInput } from '../../../shared/generated/operations.ts';
import { ImportUnlistedDocument, ImportValuesDocument, ImportWaitingDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { changedValue, fieldInWords, recordName } from '../list/field-words.ts';
import { openQuestions } from '../steps/plan-steps.ts';
import type { StepProps } from '../steps/step-frame.tsx';
import { forgetUnsent, StepFrame, useUnsent } from '../steps/step-frame.tsx';
import type { ImportDetail } from '../use-import.ts';
import { useDecide } from '../use-import.ts';
import { usePages } from '../use-pages.ts';
import type { UnlistedAnswer } from './answers.ts';
import { artifactAnswer, artifactText, choiceInWords, dateExample, editionFor, inputsFor, isArtifactOpen, isGuarded } from './answers.ts';
import classes from './questions.module.css';
import { ValuesTable, valueKey } from './values-table.tsx';

/** The open questions. The server's proposals are preselected. */
export function QuestionsStep({ of, isBusy, onChanged, onBack, onNext }: StepProps) {
  const { decide, error, isSending } = useDecide(onChanged);
  const place = `${of.id} questions`;
  const [answers, answer] = useUnsent<string>(place);
  const [meanings, mean] = useUnsent<string>(`${place}: values`);
  const [details, detail] = useUnsent<UnlistedAnswer>(`${place}: edition`);
  const questions = openQuestions(of);
  const values = usePages(`${of.id} values ${JSON.stringify(of.questions)}`, (after) => loadValues(of.id, after));
  const answerOf = (question: ImportDetail['questions'][number]) => answers.get(question.id) ?? question.proposed;
  const unlisted = details.get('unlisted') ?? { day: (of.assertedAt ?? new Date().toISOString()).slice(0, 10), isConfirmed: false };
  const isOpen = (question: ImportDetail['questions'][number]) => {
    if (question.isOptional) return false;
    const answered = answerOf(question);
    if (question.kind === 'NEW_ARTIFACTS') return isArtifactOpen(answered);
    if (answered === null || question.kind !== 'UNLISTED' || answered === 'keep') return answered === null || answered.trim() === '';
    return (answered === 'end' && unlisted.day === '') || (isGuarded(question) && !unlisted.isConfirmed);
  };
  const isValuesAsked = questions.some(({ kind }) => kind === 'VALUES');
  const asked = questions.filter(({ kind }) => kind !== 'VALUES');
  const open = asked.filter(isOpen).length + (isValuesAsked && meanings.size === 0 ? 1 : 0);

  const next = async () => {
    const files: MapImportFileInput[] = asked.flatMap((question) => inputsFor(of, question, answerOf(question)));
    const answered = values.rows.filter((value) => meanings.has(valueKey(value)));
    const decided = answered.map((value) => ({
      file: value.file,
      index: value.index,
      value: value.value,
      meaning: meanings.get(valueKey(value)) === '' ? null : (meanings.get(valueKey(value)) ?? null),
    }));
    const edition = editionFor(of, new Map(asked.map((question) => [question.kind, answerOf(question)])), unlisted);
    const own = asked.find(({ kind }) => kind === 'ANSWER');
    const verdict = own === undefined ? null : answerOf(own);
    const decisions = {
      files,
      values: { import: of.id, values: decided },
      ...(edition === null ? {} : { edition }),
      ...(verdict === null
        ? {}
        : { answer: { import: of.id, decision: verdict === 'accept' ? ('ACCEPT' as const) : ('DECLINE' as const) } }),
    };
    if (!(await decide(async () => decisions))) return;
    for (const part of ['', ': values', ': edition']) forgetUnsent(`${place}${part}`);
    onNext();
  };

  const count = asked.length + (isValuesAsked ? 1 : 0);
  return (
    <StepFrame
      title="Questions"
      lead={
        count === 0
          ? 'No question is open.'
          : `${countOf(count, 'thing is', 'things are')} not clear from the list. The answers change the imported facts.`
      }
      onBack={onBack}
      onNext={next}
      next="Continue"
      missing={open === 0 ? null : `${countOf(open, 'question needs', 'questions need')} an answer.`}
      isBusy={isBusy || isSending}
      error={error}
    >
      {asked.map((question) => (
        <QuestionCard key={question.id} of={question} answer={answerOf(question)} onAnswer={(answered) => answer(question.id, answered)}>
          {question.kind === 'ANSWER' && <WaitingDetails of={of} />}
          {question.kind === 'UNLISTED' && (
            <UnlistedDetails
              of={of}
              question={question}
              choice={answerOf(question)}
              answer={unlisted}
              onAnswer={(answered) => detail('unlisted', answered)}
            />
          )}
        </QuestionCard>
      ))}
      {values.rows.length > 0 && (
        <ValuesTable
          of={of}
          values={values}
          question={questions.find(({ kind }) => kind === 'VALUES') ?? null}
          meanings={meanings}
          onMeaning={(value, meaning) => mean(valueKey(value), meaning)}
        />
      )}
    </StepFrame>
  );
}

async function loadValues(id: string, after: string | null) {
  const { data } = await client.query({ query: ImportValuesDocument, variables: { id, first: 100, after } });
  return data?.import?.values;
}

/** The changes of recorded facts in an organization's own answer, which wait for a decision. */
function WaitingDetails({ of }: { readonly of: ImportDetail }) {
  const { data } = useQuestion(ImportWaitingDocument, { id: of.id });
  const waiting = data?.import?.waiting;
  if (waiting === undefined) return null;
  return (
    <details className={classes.more} open>
      <summary>Changes that wait ({formatCount(waiting.totalCount)})</summary>
      <ul className={classes.unlisted}>
        {waiting.edges.map(({ node: { id, factKind, factId, fields } }) => (
          <li key={id}>
            {recordName({ factKind, factId, name: null })}:{' '}
            {fields
              .map(({ field, before, after }) => {
                const [was, becomes] = [before, after].map((value) =>
                  value === null ? 'not stated' : changedValue(factKind, field, value),
                );
                return `${fieldInWords(factKind, field)} from ${was} to ${becomes}`;
              })
              .join(', ')}
          </li>
        ))}
        {waiting.edges.length < waiting.totalCount && <li>and {formatCount(waiting.totalCount - waiting.edges.length)} more</li>}
      </ul>
    </details>
  );
}

interface QuestionCardProps {
  readonly of: ImportDetail['questions'][number];
  readonly answer: string | null;
  readonly onAnswer: (answer: string) => void;
  /** Shown below the choices. */
  readonly children?: ReactNode;
}

/** One question with its choices. The proposal is preselected. */
function QuestionCard({ of, answer, onAnswer, children }: QuestionCardProps) {
  if (of.kind === 'NEW_ARTIFACTS') return <NewArtifacts message={of.message} answer={answer} onAnswer={onAnswer} />;
  if (of.choices.length === 0)
    return (
      <div className={classes.card}>
        <TextInput
          label={of.message}
          placeholder="Id or name"
          value={answer ?? ''}
          onChange={(event) => onAnswer(event.currentTarget.value)}
        />
        {children}
      </div>
    );
  return (
    <Radio.Group className={classes.card} label={of.message} value={answer ?? ''} onChange={onAnswer}>
      <div className={classes.choices}>
        {of.choices.map((choice) => {
          const { label, detail } = choiceInWords(of.kind, choice);
          const refused = of.refused.find((each) => each.choice === choice);
          return (
            <Radio.Card
              key={choice}
              value={choice}
              className={classes.choice}
              aria-label={refused === undefined ? label : `${label}. ${refused.because}`}
              disabled={refused !== undefined}
            >
              <Radio.Indicator className={classes.indicator ?? ''} disabled={refused !== undefined} />
              <span>
                <strong>{label}</strong>
                <span className={classes.detail}>{refused?.because ?? exampleFor(of, choice) ?? detail}</span>
                {choice === of.proposed && of.choices.length > 1 && <span className={classes.detail}>Proposed</span>}
              </span>
            </Radio.Card>
          );
        })}
      </div>
      {children}
    </Radio.Group>
  );
}

interface NewArtifactsProps {
  readonly message: string;
  readonly answer: string | null;
  readonly onAnswer: (answer: string) => void;
}

/** Asks for the type, the sensitivity and the owner of the artifacts that a list creates. */
function NewArtifacts({ message, answer, onAnswer }: NewArtifactsProps) {
  const isRejected = answer === 'reject';
  const given = artifactAnswer(isRejected ? null : answer);
  return (
    <fieldset className={classes.card}>
      <legend>{message}</legend>
      <div className={classes.choices}>
        <Select
          label="Type"
          data={Object.entries(ARTIFACT_TYPE_WORDS).map(([value, label]) => ({ value, label }))}
          value={given.type}
          disabled={isRejected}
          onChange={(type) => onAnswer(artifactText({ ...given, type: type as ArtifactType | null }))}
        />
        <Select
          label="Sensitivity"
          data={['1', '2', '3', '4', '5']}
          value={given.sensitivity}
          disabled={isRejected}
          onChange={(sensitivity) => onAnswer(artifactText({ ...given, sensitivity }))}
        />
        <TextInput
          label="Owner"
          placeholder="Id or name"
          value={given.owner}
          disabled={isRejected}
          onChange={(event) => onAnswer(artifactText({ ...given, owner: event.currentTarget.value }))}
        />
      </div>
      <Checkbox
        className={classes.more}
        label="Create none: reject the rows that name them"
        checked={isRejected}
        onChange={(event) => onAnswer(event.currentTarget.checked ? 'reject' : '')}
      />
    </fieldset>
  );
}

/** The date from the question, in the order of the choice. */
function exampleFor({ kind, message }: ImportDetail['questions'][number], choice: string): string | null {
  if (kind !== 'DATE_ORDER') return null;
  const date = /(\d{1,2}[-./]\d{1,2}[-./]\d{4}) can be read both ways/.exec(message)?.[1];
  return date === undefined ? null : dateExample(date, choice as DateOrder);
}

interface UnlistedAnswerProps {
  readonly of: ImportDetail;
  readonly question: ImportDetail['questions'][number];
  readonly choice: string | null;
  readonly answer: UnlistedAnswer;
  readonly onAnswer: (answer: UnlistedAnswer) => void;
}

/** The details of an answer about facts that are no longer listed: the date, the confirmation, and the facts themselves. */
function UnlistedDetails({ of, question, choice, answer, onAnswer }: UnlistedAnswerProps) {
  const { data } = useQuestion(ImportUnlistedDocument, { id: of.id });
  const unlisted = data?.import?.unlisted;
  return (
    <div className={classes.more}>
      {choice === 'end' && (
        <TextInput
          type="date"
          label="Last day"
          className={classes.date ?? ''}
          value={answer.day}
          onChange={(event) => onAnswer({ ...answer, day: event.currentTarget.value })}
        />
      )}
      {isGuarded(question) && choice !== 'keep' && choice !== null && (
        <Checkbox
          label="The list is whole: so many are gone"
          checked={answer.isConfirmed}
          onChange={(event) => onAnswer({ ...answer, isConfirmed: event.currentTarget.checked })}
        />
      )}
      {unlisted !== undefined && (
        <details>
          <summary>No longer listed ({formatCount(unlisted.totalCount)})</summary>
          <ul className={classes.unlisted}>
            {unlisted.edges.map(({ node }) => (
              <li key={`${node.__typename} ${'id' in node ? node.id : factName(node)}`}>{factName(node)}</li>
            ))}
            {unlisted.edges.length < unlisted.totalCount && <li>and {formatCount(unlisted.totalCount - unlisted.edges.length)} more</li>}
          </ul>
        </details>
      )}
    </div>
  );
}
