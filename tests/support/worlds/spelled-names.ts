import { emptyLog } from '../../../server/domain/records/incident-log.ts';

/** A hidden lab with every kind of term (semantics §12). */
export const canaryLab = {
  id: 'canarylab',
  name: 'Canary Lab, Inc.',
  aliases: ['Kanarienvogel Labor', '金丝雀实验室', 'CQ'],
  website: 'https://www.canarybird.example/about',
  contactEmail: 'Desk <desk@mail.yellowbird.example>',
} as const;

export const canaryArtifact = 'Prism Preference Taxonomy';

/** Terms that name the lab, read by hand from §12. */
export const canaryTerms: readonly string[] = [
  ...[canaryLab.id, canaryLab.name, 'Canary Lab', ...canaryLab.aliases],
  ...['canarybird.example', 'yellowbird.example', canaryArtifact],
];

/** Spellings of the lab and its artifact that people and files use. */
export const spelledNames: readonly string[] = [
  'Canary Lab',
  'canary lab',
  'CANARY LAB',
  'CanaryLab',
  'canaryLab',
  'canarylab',
  'canary_lab',
  'canary-lab',
  'CANARY_LAB',
  't-canary-lab-17',
  'Canary Labs',
  "Canary Lab's",
  'Canary Lab\u02bcs',
  'Canary Lab, Inc.',
  '"Canary Lab" (2026)',
  'sftp.canarylab.example',
  'https://drop.eu.canarybird.example/in?a=1',
  'canarybird.example',
  'ops@canary.lab',
  'ops@eu.yellowbird.example',
  'ops+canarylab@vendor.example',
  's3://canarylab/drop',
  '\\\\canarylab\\share',
  'canary%20lab',
  'canary%2520lab',
  '%43%61%6e%61%72%79%20Lab',
  'canary+lab',
  'Can\u200bary Lab',
  'Can\u00adary Lab',
  'Canary\u2060Lab',
  'Canary\ufe0f Lab',
  'Can\u{e0061}ary Lab',
  'Can\u034fary Lab',
  'Can\u3164ary Lab',
  '\u202eCanary Lab\u202c',
  'C\u0430nary Lab',
  '\u0421ANARY LAB',
  'C\u03b1nary Lab',
  'Canary Iab',
  'Canary 1ab',
  '\uff23\uff41\uff4e\uff41\uff52\uff59 Lab',
  '\u{1d402}\u{1d41a}\u{1d427}\u{1d41a}\u{1d42b}\u{1d432} Lab',
  'C\u00e1n\u00e0ry Lab',
  'C\u0332a\u0332n\u0332a\u0332r\u0332y\u0332 Lab',
  'C a n a r y  L a b',
  'https://xn--canrylab-36g.example',
  'kanarienvogel.labor',
  '来自金丝雀实验室的名单',
  '来自CanaryLab的名单',
  'sent by CQ',
  'prism_preference_taxonomy.csv',
];

/** Texts that hold parts of the names, and name nobody. */
export const harmlessTexts: readonly string[] = [
  '',
  'canary',
  'lab',
  'canaryland',
  'canary label',
  'Canary Labor',
  'scanary lab',
  'precanarylab',
  'canary a lab',
  'cq',
  'ACQUIRE',
  'example',
  'www.bird.example',
  'preference taxonomy',
  '金丝雀',
];

/**
 * An incident at `quillmark`, as a document, with a text in each place where one can stand. It is about the artifact `x-i` and the engagement `e-i`
 * of the lab `aurelis`.
 */
export function incidentNaming(text: string, i: number, at: number): object {
  return {
    name: text,
    state: 'OPEN',
    discoveredAt: at,
    origins: ['quillmark'],
    core: { from: at, to: at + 2 },
    widest: { from: at, to: at + 2 },
    scope: [{ origin: 'quillmark', artifacts: [`x-${i}`], engagements: [`e-${i}`], channels: [text] }],
    maxHops: 3,
    transferLikelihood: 0,
    minDegree: 0.05,
    scenario: [],
    log: {
      ...emptyLog,
      entries: [{ at, by: text, text, before: null, after: null, revision: 1 }],
      assessments: [{ artifacts: [`x-${i}`], state: 'CONFIRMED', reason: text, evidence: text, by: text, at }],
      notices: [
        { lab: 'aurelis', notifier: 'quillmark', state: 'TOLD', note: text, by: text, at },
        { change: 'c-1', notices: [{ lab: 'aurelis', notifier: null }], state: 'TOLD', note: text, owner: `Mara ${text}`, by: text, at },
      ],
      plan: [{ step: 's', owner: text, doneAt: at, evidence: text, by: text, at }],
    },
    logSaves: 0,
    createdAt: at,
    updatedAt: at,
  };
}
