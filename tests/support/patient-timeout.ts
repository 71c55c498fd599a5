/**
 * The time limit of a question in tests, in milliseconds. The threads of a server have a low priority: on a machine full of other tests
 * a PDF can take more than the 10 s of the product. Tests of the limit set their own.
 */
export const patientTimeoutMs = '120000';
