import type { Operation } from '../../graphql/operation.ts';
import type { ViewerQuery, ViewerQueryVariables } from '../types.ts';

export const ViewerDocument: Operation<ViewerQuery, ViewerQueryVariables> = {"kind":"query","name":"Viewer","variables":"","selection":"viewer{name role canExport labs{id name}}","fragments":"","hasPast":false};
