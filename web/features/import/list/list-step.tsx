import type { MapImportFileInput, OrganizationRole } from '../../../shared/generated/operations.ts';
import { mappedFiles } from '../steps/plan-steps.ts';
import { StepFrame } from '../steps/step-frame.tsx';
import { forgetUnsent, useUnsent } from '../steps/use-unsent.ts';
import { useDecide } from '../use-decide.ts';
import type { ImportDetail } from '../use-import.ts';
import { isWrongDay } from './as-of-field.tsx';
import { likelyRole } from './likely-role.ts';
import type { ListAnswer } from './list-answer.ts';
import { ListCard } from './list-card.tsx';
import { LIST_KINDS, type ListKind } from './list-kinds.ts';
import { findOwnerId } from './owner-fields.tsx';

interface ListStepProps {
  readonly of: ImportDetail;
  readonly isBusy: boolean;
  readonly onChanged: () => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** The step that asks for the kind and the source of each list, and for the meaning of each column. */
export function ListStep({ of, isBusy, onChanged, onBack, onNext }: ListStepProps) {
  const { decide, error, isSending } = useDecide(onChanged);
  const place = `${of.id} list`;
  const [answers, answer] = useUnsent<ListAnswer>(place);
  const names = mappedFiles(of);
  const files = of.files.filter(({ name }) => names.has(name));
  const asked = of.questions.filter(({ kind }) => kind === 'CLIENT' || kind === 'KIND');
  const answerFor = (file: string): ListAnswer => {
    const proposal = asked.find((question) => question.kind === 'CLIENT' && question.file === file)?.proposed ?? '';
    const kindProposal = asked.some((question) => question.kind === 'KIND' && question.file === file) ? 'VENDORS' : null;
    return answers.get(file) ?? { kind: kindProposal, client: proposal, role: null, day: null };
  };
  const unowned = files.find(
    ({ name }) => asked.some(({ kind, file }) => kind === 'CLIENT' && file === name) && answerFor(name).client.trim() === '',
  );
  const undated = files.find(({ name }) => isWrongDay(answerFor(name).day));

  const next = async () => {
    const isDone = await decide(async () => {
      const inputs = await Promise.all(files.map(({ name }) => inputFor(of, name, answerFor(name))));
      return { files: inputs.flat() };
    });
    if (!isDone) return;
    forgetUnsent(place);
    onNext();
  };

  return (
    <StepFrame
      title="What is this?"
      lead={
        files.length === 1
          ? 'Check what the list is and what its columns mean. Nothing has been written yet.'
          : 'Check what each list is and what its columns mean. Nothing has been written yet.'
      }
      onBack={onBack}
      onNext={next}
      next="Continue"
      missing={
        unowned !== undefined
          ? `Enter the owner of the list ${unowned.name}.`
          : undated !== undefined
            ? `Enter the day of the list ${undated.name}.`
            : null
      }
      isBusy={isBusy || isSending}
      error={error}
    >
      {files.map((file) => (
        <ListCard
          key={file.name}
          file={file}
          of={of}
          answer={answerFor(file.name)}
          onAnswer={(decisions) => answer(file.name, decisions)}
          onKind={(kind) => decide(async () => ({ files: [{ import: of.id, file: file.name, kinds: [...kindsOf(kind)] }] }))}
          onColumn={(column) => decide(async () => ({ files: [{ import: of.id, file: file.name, columns: [column] }] }))}
        />
      ))}
    </StepFrame>
  );
}

function kindsOf(kind: ListKind) {
  return LIST_KINDS.find(({ value }) => value === kind)?.kinds ?? [];
}

/** The decision about a file with open questions. Empty if the file has none. */
async function inputFor(
  { id, questions }: ImportDetail,
  file: string,
  { kind, client, role, day }: ListAnswer,
): Promise<MapImportFileInput[]> {
  const open = questions.filter((question) => question.file === file);
  const kinds = open.some((question) => question.kind === 'KIND') && kind !== null ? { kinds: [...kindsOf(kind)] } : {};
  const owner = open.some((question) => question.kind === 'CLIENT') ? await ownerInput(client.trim(), role) : {};
  const dated = day === null || day.trim() === '' ? {} : { asOf: new Date(day.trim()).toISOString() };
  const decisions = { ...kinds, ...owner, ...dated };
  return Object.keys(decisions).length === 0 ? [] : [{ import: id, file, ...decisions }];
}

async function ownerInput(name: string, role: OrganizationRole | null): Promise<Partial<MapImportFileInput>> {
  const recorded = await findOwnerId(name);
  return recorded === null ? { clientName: name, clientRole: role ?? likelyRole(name) } : { client: recorded };
}
