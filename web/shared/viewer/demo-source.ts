/** The source of the import that loads the demo world. The server has the same (server/domain/records/demo-source.ts). */
export const DEMO_SOURCE = 'demo world';
