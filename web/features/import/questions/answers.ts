import { formatDay } from '../../../shared/format/instant.ts';
import { ARTIFACT_TYPE_WORDS } from '../../../shared/format/words.ts';
import type { ArtifactType, DateOrder, DecideEditionInput, MapImportFileInput } from '../../../shared/generated/operations.ts';
import type { ImportDetail } from '../use-import.ts';

type Question = Pick<ImportDetail['questions'][number], 'kind' | 'file' | 'index'>;

/** The decisions for an answer. Empty if the question is answered elsewhere, such as in the values table. */
export function inputsFor(
  { id, files }: Pick<ImportDetail, 'id' | 'files'>,
  question: Question,
  answer: string | null,
): MapImportFileInput[] {
  const file = question.file ?? files[0]?.name;
  if (answer === null || file === undefined) return [];
  const input = { import: id, file };
  switch (question.kind) {
    case 'DATE_ORDER':
      return [{ ...input, dateOrder: answer as DateOrder }];
    case 'ENCODING':
      return [{ ...input, encoding: answer }];
    case 'DATE_MEANING': {
      const index = question.index ?? 0;
      return answer === 'attribute'
        ? [{ ...input, columns: [{ index, use: 'ATTRIBUTE' }] }]
        : [{ ...input, columns: [{ index, use: 'FIELD', kind: 'ENGAGEMENT', field: 'endsAt' }] }];
    }
    case 'PARTY_MEANING': {
      const column = { index: question.index ?? 0 };
      return answer === 'ignore'
        ? [{ ...input, columns: [{ ...column, use: 'IGNORED' }] }]
        : [{ ...input, columns: [{ ...column, use: 'FIELD', kind: answer === 'grantor' ? 'ACCESS' : 'TRANSFER', field: answer }] }];
    }
    case 'UNNAMED_ROWS':
      return [{ ...input, namesAbove: answer === 'above' }];
    case 'REMARKS':
      return [{ ...input, remarks: answer === 'apply' ? 'APPLY' : answer === 'text' ? 'TEXT' : 'LEAVE_OUT' }];
    case 'SOFTWARE_OWNER':
      return [{ ...input, of: answer }];
    case 'SOFTWARE_SUBJECT':
      return [{ ...input, subject: answer }];
    case 'MATERIALS':
      return [{ ...input, materials: answer as ArtifactType }];
    case 'AS_OF':
      return [{ ...input, asOf: new Date(answer).toISOString() }];
    case 'NEW_ARTIFACTS': {
      const { type, sensitivity, owner } = artifactAnswer(answer);
      if (answer === 'reject') return [{ ...input, rejectUnknownArtifacts: true }];
      return type === null || sensitivity === null
        ? []
        : [{ ...input, newArtifacts: { type, sensitivity: Number(sensitivity), owner: owner.trim() } }];
    }
    case 'CREATE_MISSING':
      return [{ ...input, createMissingOrganizations: answer === 'true' }];
    default:
      return [];
  }
}

/** The properties of the new artifacts, as far as they are answered. */
export interface ArtifactAnswer {
  readonly type: ArtifactType | null;
  readonly sensitivity: string | null;
  readonly owner: string;
}

/** Reads an answer as `artifactText` writes it. */
export function artifactAnswer(answer: string | null): ArtifactAnswer {
  const [type = '', sensitivity = '', ...owner] = (answer ?? '').split(',');
  return { type: type in ARTIFACT_TYPE_WORDS ? (type as ArtifactType) : null, sensitivity: sensitivity || null, owner: owner.join(',') };
}

export function artifactText({ type, sensitivity, owner }: ArtifactAnswer): string {
  return `${type ?? ''},${sensitivity ?? ''},${owner}`;
}

/** Whether an answer about new artifacts lacks something. */
export function isArtifactOpen(answer: string | null): boolean {
  const { type, sensitivity, owner } = artifactAnswer(answer);
  return answer !== 'reject' && (type === null || sensitivity === null || owner.trim() === '');
}

/** The details of an answer about facts that are no longer listed. */
export interface UnlistedAnswer {
  /** The last day, as YYYY-MM-DD. */
  readonly day: string;
  readonly isConfirmed: boolean;
}

/** Whether more than a fifth of the source would go, so that the answer needs a confirmation. */
export function isGuarded({ message }: Pick<ImportDetail['questions'][number], 'message'>): boolean {
  return message.includes('more than a fifth');
}

/** The decisions about the edition that the answers stand for; null where none was asked. A last day counts whole. */
export function editionFor(
  { id }: Pick<ImportDetail, 'id'>,
  answers: ReadonlyMap<Question['kind'], string | null>,
  { day, isConfirmed }: UnlistedAnswer,
): DecideEditionInput | null {
  const unlisted = answers.get('UNLISTED');
  const emptied = answers.get('EMPTIED');
  if (unlisted === undefined && emptied === undefined) return null;
  const input: DecideEditionInput = { import: id, ...(emptied === undefined ? {} : { eraseEmptied: emptied === 'erase' }) };
  if (unlisted === undefined || unlisted === 'keep') return { ...input, ...(unlisted === 'keep' ? { unlisted: 'KEEP' } : {}) };
  if (unlisted === 'retract') return { ...input, unlisted: 'RETRACT', evenIfMany: isConfirmed };
  return { ...input, unlisted: 'END', endUnlistedAt: new Date(Date.parse(day) + 86_400_000).toISOString(), evenIfMany: isConfirmed };
}

/** The words of an answer, by kind of question and choice. */
const CHOICE_WORDS: Readonly<Record<string, { readonly label: string; readonly detail: string }>> = {
  'DATE_ORDER DAY_FIRST': { label: 'Day first', detail: '04/05/2027 is May 4, 2027' },
  'DATE_ORDER MONTH_FIRST': { label: 'Month first', detail: '04/05/2027 is Apr 5, 2027' },
  'DATE_MEANING attribute': { label: 'No, it is a reminder', detail: 'The date is kept as text. The vendors stay current.' },
  'DATE_MEANING ends_at': { label: 'Yes, it ends then', detail: 'Vendors with a past date become former ones.' },
  'PARTY_MEANING sender': { label: 'Organizations', detail: 'Each is the sender of its row.' },
  'PARTY_MEANING grantor': { label: 'Organizations', detail: 'Each row is about the systems of its organization.' },
  'PARTY_MEANING ignore': { label: 'Others', detail: 'The column states nothing. The owner of the list stands in its place.' },
  'ENCODING utf-8-twice': { label: 'Yes, repair the texts', detail: 'Each such cell is read as it was meant.' },
  'UNNAMED_ROWS above': { label: 'Yes, to the name above', detail: 'Each row has the name of the nearest row above that has one.' },
  'UNNAMED_ROWS left-out': { label: 'No, leave them out', detail: 'They state nothing.' },
  'REMARKS apply': {
    label: 'Yes, its date counts',
    detail: 'A date in a remark starts or ends the engagement. The remark is kept as text.',
  },
  'REMARKS text': { label: 'Keep it as text', detail: 'No start and no end follows from it.' },
  'REMARKS left-out': { label: 'Leave these rows out', detail: 'They state nothing.' },
  'UNLISTED keep': { label: 'Still there', detail: 'Nothing changes. The list just does not name them.' },
  'UNLISTED end': { label: 'Ended on a date', detail: 'Engagements and access end then. Everything else stays.' },
  'UNLISTED retract': { label: 'Never there', detail: 'They are removed, unless another source states them. Undo restores them.' },
  'EMPTIED keep': { label: 'Keep what was said', detail: 'An empty cell says nothing.' },
  'EMPTIED erase': { label: 'Erase it', detail: 'The values become unknown.' },
  'ANSWER accept': { label: 'Accept', detail: 'The recorded facts change as the organization says.' },
  'ANSWER decline': { label: 'Decline', detail: 'The recorded facts stay as they are.' },
  'CREATE_MISSING true': { label: 'Yes, create', detail: 'Each new name becomes an organization.' },
};

export function choiceInWords(kind: string, choice: string): { readonly label: string; readonly detail: string } {
  if (kind === 'AS_OF') return { label: formatDay(choice), detail: 'The facts of the list hold as of this day.' };
  if (kind === 'MATERIALS') return { label: `Yes, as ${ARTIFACT_TYPE_WORDS[choice as ArtifactType]}`, detail: '' };
  if (kind === 'ENCODING' && choice !== 'utf-8-twice')
    return { label: 'No, leave them', detail: 'The texts stay as they stand in the list.' };
  return CHOICE_WORDS[`${kind} ${choice}`] ?? { label: choice, detail: '' };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The reading of a date in an order: `7/9/2024 is Sep 7, 2024`. Null if the text is not such a date. */
export function dateExample(text: string, order: DateOrder): string | null {
  const [, first, second, year] = /^\s*(\d{1,2})[-./](\d{1,2})[-./](\d{4})/.exec(text) ?? [];
  if (first === undefined || second === undefined) return null;
  const [day, month] = order === 'DAY_FIRST' ? [first, second] : [second, first];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? null : `${text.trim()} is ${name} ${Number(day)}, ${year}`;
}
