/** The source of the import that loads the demo world. The server has the same (server/domain/facts.ts). */
export const DEMO_SOURCE = 'demo world';
