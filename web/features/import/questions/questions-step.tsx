import { countOf } from '../../../shared/format/count.ts';
import { ImportValuesDocument, type MapImportFileInput } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { openQuestions } from '../steps/plan-steps.ts';
import { StepFrame } from '../steps/step-frame.tsx';
import { forgetUnsent, useUnsent } from '../steps/use-unsent.ts';
import { useDecide } from '../use-decide.ts';
import type { ImportDetail } from '../use-import.ts';
import { usePages } from '../use-pages.ts';
import { editionFor, inputsFor, isGuarded, type UnlistedAnswer } from './answers.ts';
import { valueKey } from './open-value.ts';
import { QuestionCard } from './question-card.tsx';
import { UnlistedDetails } from './unlisted-details.tsx';
import { ValuesTable } from './values-table.tsx';
import { WaitingDetails } from './waiting-details.tsx';

interface QuestionsStepProps {
  readonly of: ImportDetail;
  readonly isBusy: boolean;
  readonly onChanged: () => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** The open questions. The server's proposals are preselected. */
export function QuestionsStep({ of, isBusy, onChanged, onBack, onNext }: QuestionsStepProps) {
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
    const answered = answerOf(question);
    if (answered === null || question.kind !== 'UNLISTED' || answered === 'keep') return answered === null;
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
          values={values.rows}
          totalCount={values.totalCount}
          question={questions.find(({ kind }) => kind === 'VALUES') ?? null}
          meanings={meanings}
          onMeaning={(value, meaning) => mean(valueKey(value), meaning)}
          onMore={values.next === null ? null : values.more}
        />
      )}
    </StepFrame>
  );
}

async function loadValues(id: string, after: string | null) {
  const { data } = await client.query({ query: ImportValuesDocument, variables: { id, first: 100, after } });
  const list = data?.import?.values;
  return {
    rows: list?.edges.map((edge) => edge.node) ?? [],
    totalCount: list?.totalCount ?? 0,
    next: list?.pageInfo.hasNextPage ? list.pageInfo.endCursor : null,
  };
}
