import type { Operation } from '../../graphql/operation.ts';
import type { OpenFindingsQuery, OpenFindingsQueryVariables } from '../types.ts';

export const OpenFindingsDocument: Operation<OpenFindingsQuery, OpenFindingsQueryVariables> = {"kind":"query","name":"OpenFindings","variables":"","selection":"about{openFindings}","fragments":"","hasPast":false};
