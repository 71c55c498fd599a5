import type { Lease } from './lease.ts';

/*
 * Webhooks (docs/webhooks.md). Two kinds of documents: an `endpoint` with its secrets, and one `delivery` for each endpoint and watch, which lists the
 * events that wait to go there, in order, and the latest attempts.
 */

export const endpointFormats = ['STANDARD_WEBHOOKS', 'CLOUDEVENTS'] as const;
export type EndpointFormat = (typeof endpointFormats)[number];

/** THIN: ids and figures. FULL: names and sentences too. */
export const endpointDetails = ['THIN', 'FULL'] as const;
export type EndpointDetail = (typeof endpointDetails)[number];

/** FAILING: the latest attempt failed, and more follow. DISABLED: nothing is sent until somebody saves the endpoint. */
export const endpointStates = ['ACTIVE', 'FAILING', 'DISABLED'] as const;
export type EndpointState = (typeof endpointStates)[number];

export interface EndpointSecret {
  /** `whsec_` and Base64. */
  readonly secret: string;
  /** Epoch milliseconds from which it signs no more; null: it is the present one. */
  readonly until: number | null;
}

export interface Endpoint {
  readonly url: string;
  readonly format: EndpointFormat;
  readonly detail: EndpointDetail;
  readonly state: EndpointState;
  readonly createdAt: number;
  /** The present one first, and at most one before it. None after a restore: a backup holds no secrets. */
  readonly secrets: readonly EndpointSecret[];
}

/** An event that waits. */
export interface WaitingEvent {
  readonly event: string;
  /** Attempts made. */
  readonly attempts: number;
  /** Epoch milliseconds of the next attempt. */
  readonly nextAt: number;
}

export interface Attempt {
  /** The id of the event, or of a test. */
  readonly event: string;
  /** From 1. 0: none was made yet. */
  readonly attempt: number;
  readonly at: number;
  /** Of the answer; null: there was none. */
  readonly status: number | null;
  /** Null: it was delivered. */
  readonly error: string | null;
  /** Null: no further attempt. */
  readonly nextAt: number | null;
}

/** The events that wait to go from one watch to one endpoint. The first waits for its turn, and the others for the first. */
export interface DeliveryQueue {
  readonly endpoint: string;
  /** Null: tests of the endpoint. */
  readonly watch: string | null;
  /** Of the watch. */
  readonly owner: string | null;
  readonly waiting: readonly WaitingEvent[];
  /** The latest first. */
  readonly attempts: readonly Attempt[];
  readonly lease: Lease | null;
}

export const maxEndpoints = 20;
/** The most attempts that are listed. */
export const maxAttempts = 100;
/** The most that a queue remembers. All queues are read every two seconds. */
export const keptAttempts = 30;
