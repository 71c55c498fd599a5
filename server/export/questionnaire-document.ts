import { copyForms } from '../domain/facts.ts';
import { formatDay, formatShare } from '../exposure/sentence-formats.ts';
import type { Projection } from '../projection/projection.ts';
import type { Block, Document } from './document/document.ts';
import { preparedLine } from './document/document.ts';

const formNames = {
  PLAINTEXT: 'plain text',
  ENCRYPTED_KEY_AT_HOLDER: 'encrypted, key with you',
  ENCRYPTED_KEY_AT_OWNER: 'encrypted, key with the owner',
  VIEW_ONLY: 'view only',
} as const;

/**
 * A questionnaire to print: what an organization is thought to hold, with room for its answers. The same rows come as holdings.csv, which can
 * be filled in and imported as that organization's own answer.
 *
 * @param transfers ids of the transfers that brought the copies
 */
export function questionnaireDocument(projection: Projection, holder: number, transfers: readonly string[], preparedAt: number): Document {
  const { artifacts, organizations, transfers: columns } = projection;
  const name = organizations.name.get(holder);
  const rows = transfers.map((id) => {
    const t = columns.id.find(id);
    const artifact = columns.artifact.at(t);
    const sentAt = columns.sentAt.at(t);
    return [
      `${artifacts.name.get(artifact)}, of ${organizations.name.get(artifacts.owner[artifact] as number)}`,
      `${Number.isNaN(sentAt) ? 'not known' : formatDay(sentAt)}, from ${organizations.name.get(columns.sender.at(t))}`,
      `${formNames[copyForms[columns.form.at(t)] as keyof typeof formNames]}, ${formatShare(columns.portion.at(t))}`,
      id,
      '',
      '',
    ];
  });
  const blocks: Block[] = [
    { kind: 'paragraph', text: preparedLine(preparedAt) },
    {
      kind: 'paragraph',
      text: 'This is what our records say you hold. Correct what is wrong, add what is missing, and say for each copy whether you still hold it. If you deleted it, give the date and send the certificate.',
    },
    rows.length === 0
      ? {
          kind: 'paragraph',
          text: 'Our records show no copy in your custody. Tell us what you hold, since when, and from whom you received it.',
        }
      : {
          kind: 'table',
          header: ['Artifact', 'Received', 'Form and share', 'Transfer', 'Still held?', 'Deleted on, evidence'],
          widths: [0.24, 0.2, 0.18, 0.1, 0.1, 0.18],
          rows,
        },
    { kind: 'heading', level: 2, text: 'Further questions' },
    {
      kind: 'list',
      items: [
        'To whom did you pass any of these on, and when?',
        'Which of these could the attacker read, and how do you know?',
        'Which access to systems of others did you have in that time?',
        'Who answers further questions, and how can we reach them?',
      ].map((text) => ({ text, level: 0 as const })),
    },
  ];
  return { title: `Questions to ${name}: what you hold`, preparedAt, blocks };
}
