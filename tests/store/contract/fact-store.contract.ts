import type { FactStore } from '../../../server/store/fact-store.ts';
import { afterEach, beforeEach, describe } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import type { StoreOf } from '../store-of.ts';
import { describeBackup } from './contract-backup.ts';
import { describeDocuments } from './contract-documents.ts';
import { describeFingerprint } from './contract-fingerprint.ts';
import { describeHidden } from './contract-hidden.ts';
import { describeHistory } from './contract-history.ts';
import { describeReading } from './contract-reading.ts';
import { describeRevision } from './contract-revision.ts';
import { describeRewrite } from './contract-rewrite.ts';
import { describeRules } from './contract-rules.ts';
import { describeSequences } from './contract-sequences.ts';
import { describeUndo } from './contract-undo.ts';
import { describeWriting } from './contract-writing.ts';

/** Sizes that the contract reduces for a slow store. */
export interface ContractSize {
  /** Random sequences of writes and undos. */
  readonly sequenceRuns: number;
  /** Facts in the large write. */
  readonly largeWrite: number;
}

const fullSize: ContractSize = { sequenceRuns: generatedRuns(50), largeWrite: 100_000 };

/**
 * Every adapter of the port must pass these tests, whatever its database.
 *
 * @param open makes a new, empty store; called before each test
 */
export function describeFactStore(name: string, open: () => Promise<FactStore>, size: Partial<ContractSize> = {}): void {
  const { sequenceRuns, largeWrite } = { ...fullSize, ...size };
  describe(name, () => {
    let store: FactStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });
    const storeOf: StoreOf = () => store;
    describeWriting(storeOf, largeWrite);
    describeRevision(storeOf);
    describeFingerprint(storeOf, open);
    describeRules(storeOf);
    describeHidden(storeOf);
    describeReading(storeOf);
    describeUndo(storeOf);
    describeHistory(storeOf);
    describeDocuments(storeOf);
    describeBackup(storeOf, open, Math.ceil(sequenceRuns / 2));
    describeRewrite(storeOf, open);
    describeSequences(open, sequenceRuns);
  });
}
