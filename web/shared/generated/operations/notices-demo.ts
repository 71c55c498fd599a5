import type { Operation } from '../../graphql/operation.ts';
import type { DemoImportQuery, DemoImportQueryVariables, DemoQuery, DemoQueryVariables } from '../types.ts';

export const DemoDocument: Operation<DemoQuery, DemoQueryVariables> = {"kind":"query","name":"Demo","variables":"","selection":"about{isDemo}","fragments":"","hasPast":false};

export const DemoImportDocument: Operation<DemoImportQuery, DemoImportQueryVariables> = {"kind":"query","name":"DemoImport","variables":"","selection":"imports(first:500){edges{node{state ...ImportSummary}}}","fragments":"fragment ImportSummary on Import{id state source name assertedAt failure createdBy createdAt committedAt undoneAt files{name sizeBytes sha256}report{rows created updated unchanged rejected warnings asOf account{read used repeated leftOut rejected}drift{since listedBefore newCount againCount goneCount}cells{read used keptAsText leftOut rejected notes{file change column rule count examples{line text becomes}}}}progress{step done total}}","hasPast":false};
