import { ARTIFACT_TYPE_WORDS, COPY_FORM_WORDS, ROLE_WORDS } from '../../../shared/format/words.ts';
import type {
  AccessKind,
  DeletionState,
  EvidenceType,
  FactKind,
  PutFactsInput,
  WholeAccessFragment,
  WholeArtifactFragment,
  WholeControlFragment,
  WholeEngagementFragment,
  WholeOrganizationFragment,
  WholeRevealsFragment,
  WholeTransferFragment,
} from '../../../shared/generated/operations.ts';
import type { Editable } from './form-types.ts';

/** The facts of an answer, by kind. */
export interface WholeFacts {
  readonly ORGANIZATION: WholeOrganizationFragment;
  readonly ARTIFACT: WholeArtifactFragment;
  readonly ENGAGEMENT: WholeEngagementFragment;
  readonly TRANSFER: WholeTransferFragment;
  readonly ACCESS: WholeAccessFragment;
  readonly REVEALS: WholeRevealsFragment;
  readonly CONTROL: WholeControlFragment;
}

/** What the form of a kind of fact has beside the field table. */
interface FactForm<K extends FactKind> {
  /** The facts of this kind in the inputs that save and retract. */
  readonly list: Exclude<keyof PutFactsInput, 'ifRevision'>;
  readonly titleOf: (fact: WholeFacts[K]) => string;
  readonly titleOfNew: string;
  /** Begins the proposed id of a new fact; absent for a kind without an id of its own. */
  readonly idPrefix?: string;
  /** Fields that only the form of a new fact has. */
  readonly onlyNew?: readonly string[];
  /** The first choices of a new fact. */
  readonly blank?: Readonly<Record<string, string>>;
  readonly shortcutOf?: (fact: WholeFacts[K]) => Editable['shortcut'];
}

export const FACT_FORMS: { readonly [K in FactKind]: FactForm<K> } = {
  ORGANIZATION: {
    list: 'organizations',
    titleOf: ({ name }) => name,
    titleOfNew: 'A lab, a vendor, a subcontractor, a tool provider or a certifier.',
    idPrefix: 'organization',
    onlyNew: ['roles'],
    blank: { roles: 'VENDOR' },
  },
  ARTIFACT: {
    list: 'artifacts',
    titleOf: ({ name }) => name,
    titleOfNew: 'A piece of a lab’s methodology.',
    idPrefix: 'artifact',
    blank: { type: 'ANNOTATION_GUIDELINES' },
  },
  ENGAGEMENT: {
    list: 'engagements',
    titleOf: ({ client, provider }) => `${client.name} engages ${provider.name}`,
    titleOfNew: 'A client engages a provider for a service.',
    idPrefix: 'E',
  },
  TRANSFER: {
    list: 'transfers',
    titleOf: ({ artifact, sender, recipient }) => `${artifact.name}, ${sender.name} to ${recipient.name}`,
    titleOfNew: 'A copy of an artifact, handed from one organization to another.',
    idPrefix: 'T',
    shortcutOf: ({ deletionState }) =>
      deletionState === 'VERIFIED'
        ? undefined
        : { label: 'Record a deletion certificate', values: { deletionState: 'VERIFIED' }, focus: 'deletedAt' },
  },
  ACCESS: {
    list: 'access',
    titleOf: ({ grantee, grantor }) => `${grantee.name} can act in the systems of ${grantor.name}`,
    titleOfNew: 'One organization can act inside the systems of another, or the other runs its software.',
    idPrefix: 'A',
    blank: { kind: 'CREDENTIALS' },
  },
  REVEALS: {
    list: 'reveals',
    titleOf: ({ artifact, reveals }) => `${artifact.name} reveals part of ${reveals.name}`,
    titleOfNew: 'A reader of one artifact learns part of another.',
  },
  CONTROL: {
    list: 'controls',
    titleOf: ({ organization, control }) => `${control} of ${organization.name}`,
    titleOfNew: 'Evidence that an organization meets a security control.',
    blank: { evidenceType: 'CERTIFICATE' },
  },
};

const DELETION_WORDS: Readonly<Record<DeletionState, string>> = {
  NONE: 'Not requested',
  REQUESTED: 'Requested, not answered',
  ATTESTED: 'The holder says that it was deleted',
  VERIFIED: 'Deleted, with evidence',
};

const ACCESS_WORDS: Readonly<Record<AccessKind, string>> = {
  CREDENTIALS: 'Accounts',
  SOFTWARE: 'Runs its software',
  NETWORK: 'Network access',
  OTHER: 'Other',
};

const EVIDENCE_WORDS: Readonly<Record<EvidenceType, string>> = {
  SELF_ATTESTED: 'Self-attested',
  QUESTIONNAIRE: 'Questionnaire',
  CERTIFICATE: 'Certificate',
  AUDIT_REPORT: 'Audit report',
  TESTED: 'Tested',
};

/** The words of the values of an enum, by kind and field. The values of others are shown as they are, in lower case. */
export const VALUE_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ORGANIZATION.roles': ROLE_WORDS,
  'ARTIFACT.type': ARTIFACT_TYPE_WORDS,
  'TRANSFER.form': COPY_FORM_WORDS,
  'TRANSFER.deletionState': DELETION_WORDS,
  'ACCESS.kind': ACCESS_WORDS,
  'CONTROL.evidenceType': EVIDENCE_WORDS,
};
