// Types of what the shop's server is told: endpoints, messages, deliveries.

import type { Call, Once } from './server.js';

/** Where the shop wants to be told. */
export interface Webhook {
  id: string;
  url: string;
  /** Null: all. */
  events: string[] | null;
  state: 'active' | 'disabled';
  created_at: string;
  /** Nothing has arrived since. */
  failing_since: string | null;
  disabled_at: string | null;
  /** `failing`: nothing arrived for five days; `gone`: the receiver answered 410. */
  why_disabled: 'failing' | 'gone' | null;
  /** Until then the secret before signs as well. */
  old_secret_until: string | null;
}

/** One event on its way to one endpoint. */
export interface WebhookDelivery {
  /** The header `webhook-id`. */
  event_id: string;
  type: string;
  stream: string;
  position: number;
  state: 'waiting' | 'delivered' | 'given_up';
  attempts: number;
  last_attempt_at: string | null;
  status: number | null;
  problem: 'status' | 'redirect' | 'timeout' | 'unreachable' | 'forbidden_address' | 'unanswered' | null;
  next_attempt_at: string | null;
}

/** What the service tells: thin, without personal data. Whoever wants to know more asks for it. */
export interface WebhookMessage {
  /** The same with every attempt: what came before is not done twice. */
  id: string;
  /** Name of the event, such as `PaymentAllocated`. */
  type: string;
  timestamp: string;
  data: {
    /** Where it stands among all events: rises, with gaps. */
    position: number;
    stream: string;
    /** Counts from 1 in its stream, without gaps. */
    seq: number;
    customer: string | null;
    receivable: string | null;
    /** The shop's number of the order that the claim is of. */
    order: string | null;
    payment: string | null;
    /** The event as it is stored. */
    event: Record<string, unknown> & { event_id: string; type: string; v: number; data: Record<string, any> };
  };
}

export interface Webhooks {
  list(call?: Call): Promise<{ webhooks: Webhook[] }>;
  /** The answer holds the secret, this once. */
  create(body: { url: string; events?: string[] | null }, call?: Call): Promise<{ webhook: Webhook; secret: string }>;
  remove(id: string, call?: Call): Promise<{ id: string }>;
  /** A new secret; the one before signs as well for a day. */
  rotate(id: string, call?: Call): Promise<{ webhook: Webhook; secret: string }>;
  /** Tells an endpoint again that was given up. */
  enable(id: string, call?: Call): Promise<Webhook>;
  /** Tells once more what happened from an instant on, or behind a position. */
  replay(id: string, body: { since: string } | { after: number }, call?: Once): Promise<{ queued: number; through: number; more: boolean }>;
  /** The newest first. */
  deliveries(id: string, call?: Call): Promise<{ deliveries: WebhookDelivery[] }>;
}

export interface WebhookOptions {
  /** How old or early a message may be, in seconds; default 300. */
  toleranceS?: number;
  /** Milliseconds since 1970, or a date; default: now. */
  now?: number | Date;
}

/**
 * The message, once its signature and its age have been checked; rejects with `TresenWebhookError` for every other one.
 *
 * `body` is what came, before anybody parsed it. While a secret is being replaced, both may be given.
 */
export function verifyWebhook(
  body: string | Uint8Array,
  headers: Headers | Record<string, string | string[] | undefined>,
  secret: string | readonly string[],
  options?: WebhookOptions,
): Promise<WebhookMessage>;
