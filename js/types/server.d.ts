// Types of `tresen/server`: for the shop's own server, never for a browser.

import type { AgreedPlan, Change, ChangeStep, ChosenPlan, Credit, Decision, Instalment, Method, Money, Plan, Problem, Reason } from './decision.js';

import type { Account, CheckoutPayment, ChosenItem, ClaimFile, Debit, DebitBatch, MergedCustomer, PlacedHoldReason, Receivable, ReceivableRecord, ReceivableTransfer, ReceivePaymentRequest, ReceivedPayment, Refund, UnmatchedPayment } from './money.js';
import type { ContactDetails, ContactMessage, DeliveryNews, OpenClaims, Task, TaskOutcome } from './collection.js';
import type { Webhooks } from './webhooks.js';
import type { Explained, ExplanationText, PersonRights, Review, ReviewAnswerRequest } from './rights.js';

export type * from './collection.js';
export type * from './money.js';
export type * from './rights.js';
export type * from './webhooks.js';
export { verifyWebhook } from './webhooks.js';
export type { AgreedPlan, Change, ChangeStep, ChosenPlan, Credit, Decision, Instalment, Method, Money, Plan, Reason };

/** Facts as on every wire: a flat object, a missing fact is absent. Keys as in the catalogue of facts. */
export type Facts = Record<string, boolean | number | string | string[] | Money>;

export interface CartLine {
  sku: string;
  name: string;
  quantity: number;
  /** Of the whole line, not of one piece. */
  amount: Money;
}

export interface Cart {
  lines: CartLine[];
  total: Money;
}

/** Who somebody is, as a credit bureau asks for it; passed on and not kept. */
export interface Person {
  first_name: string;
  last_name: string;
  birth_date?: string;
  street: string;
  postal_code: string;
  city: string;
  country: string;
}

export type Customer =
  | { reference: string; signed_in: true; email?: string; person?: Person }
  | { guest_reference: string; signed_in: false; email?: string };

export interface SessionRequest {
  customer: Customer;
  facts: Facts;
  /** Without it German, and messages in the language of the policy's persona. */
  locale?: string;
  address_form?: 'sie' | 'du';
  return_url?: string;
}

export interface Session {
  session: string;
  expires_at: string;
  policy_hash: string;
  residual_hash: string;
}

export interface ConfirmRequest {
  order: string;
  method: string;
  /** What the shopper was shown and will pay: the cart's total and the method's fee. */
  amount: Money;
  facts: Facts;
  cart: Cart;
  /** The plan that the widget handed over, of a method that is paid in instalments. */
  plan?: ChosenPlan | null;
  consents?: { id: string; version: string; text_hash: string; accepted_at: string }[];
  /** To whom what is owed is written, as the order says: mails greet by name, and letters have an address. No browser is ever told. */
  contact?: {
    name?: { given: string; family: string } | null;
    /** The lines below the name on an envelope; without a name, all of them. */
    address?: string[];
    phone?: string | null;
  } | null;
  /** What the browser decided, as the widget hands it over; kept beside the server's record and compared with it. */
  browser_record?: string;
  /** The answer opens the account of whoever ordered, for so long (1 to 1440, an hour if nothing is said): the element goes on as it. */
  access?: { minutes?: number | null } | null;
}

export interface Confirmed {
  outcome: 'confirmed';
  decision_id: string;
  decision_token: string;
  decision: Decision;
  receivable: { id: string; due_date: string; amount: Money; reference: string } | null;
  /** The plan of instalments, where one was agreed to: it is frozen, and its hash is signed. */
  plan?: AgreedPlan;
  /** What the time to pay is to the law, where there is any. */
  credit?: Credit;
  payment: { id: string; redirect_url: string } | null;
  /** Whether the browser decided the same, bit for bit; null where it sent no record. It binds nothing. */
  browser_agrees: boolean | null;
  attention: Attention[];
  /** Where it was asked for and something is owed. It is kept with no answer: a repeated confirm has one of its own. */
  access?: Access;
}

/** Leads to the account of one customer: for their own page, and told once. */
export interface Access {
  token: string;
  expires_at: string;
}

export interface Refused {
  outcome: 'refused';
  decision_id: string;
  reasons: Reason[];
  /** The corrected offer: what holds for the cart as the server knows it. */
  decision: Decision;
  browser_agrees: boolean | null;
  attention: Attention[];
}

/** What of an answer a page may get, as `respondWith` of the element takes it: no class, no rule of the merchant's, nothing that only the shop's people should read. */
export type ForBrowser =
  | { outcome: 'confirmed'; receivable: Confirmed['receivable']; plan?: AgreedPlan; payment: Confirmed['payment']; access?: Access }
  | { outcome: 'refused'; decision?: { methods: Pick<Decision['methods'][number], 'id' | 'state' | 'reasons' | 'change'>[] }; total?: Money };

/**
 * Takes out of an answer of `confirm` what is not for a browser; reasons that say something of a person's past become `general`. With the cart that was
 * confirmed, a page that has reckoned with another total goes on with that cart's.
 */
export function forBrowser(answer: Confirmed | Refused, cart?: Pick<Cart, 'total'>): ForBrowser;

/** What confirm would decide. */
export interface Previewed {
  /** What the program decides. */
  decision: Decision;
  /** The methods among those it withholds that confirm would accept, because a human granted them; `amount` is the most with the fee. */
  granted: { method: string; review: string; amount: Money; until: string }[];
  elapsed_micros: number;
}

/** What somebody at the shop should look at, such as `guest.email_of_a_customer`; never for the browser. */
export interface Attention {
  code: string;
}

/** What is the same of both policies: of the one that counts, and of the one that is tried. */
export interface Sides<T> {
  old: T;
  new: T;
}

/** Orders to which a method with credit risk is offered, and what they would owe. */
export interface Owed {
  orders: number;
  amount: Money;
}

/** How two policies decided on the same orders; `gained` and `lost` are seen from the one that is tried. */
export interface Comparison {
  policies: Sides<string>;
  orders: number;
  changed: { orders: number; share_ppm: number };
  on_credit: Sides<Owed & { share_ppm: number; expected_loss: Money | null }> & { gained: Owed; lost: Owed };
  /** How orders move between the classes; null if neither policy has any. */
  classes: {
    moved: { orders: number; share_ppm: number };
    moves: { class: Sides<string | null>; orders: number; share_ppm: number; on_credit: Sides<Owed> }[];
  } | null;
  methods: ({ id: string; gained: number; lost: number } & Sides<{ offered: number; incomplete: number; withheld: number } | null>)[];
  reasons: { method: string; code: string; rule: string | null; came: number; went: number }[];
}

/** What a policy decided that is tried beside the active one. */
export interface Shadow {
  policy_hash: string;
  name: string;
  since: string;
  until: string;
  /** Confirms that it could not decide, by the code that says why. */
  undecided: Record<string, number>;
  /** One for each policy whose decisions counted meanwhile; every confirm is an order. */
  comparisons: Comparison[];
}

export interface DecisionClaims {
  iss: string;
  tenant: string;
  session: string;
  order: string;
  method: string;
  cart_hash: string;
  amount: Money;
  decision_id: string;
  policy_hash: string;
  iat: number;
  exp: number;
  jti: string;
}

/** What the service says of itself. */
export interface Health {
  status: string;
  version: string;
  /** What it has to have in common with this package; not there in a service from before the word. */
  interface?: number;
  semantics_version: number;
  sandbox: boolean;
}

export interface Jwk {
  kty: string;
  crv?: string;
  x?: string;
  kid?: string;
  use?: string;
  alg?: string;
}

/** What the caller knows and the token must say too. What is left out is not compared. */
export interface Expected {
  tenant: string;
  session?: string;
  order?: string;
  method?: string;
  amount?: Money;
  cart?: Cart;
  cartHash?: string;
  /** Milliseconds since 1970, or a date; default: now. */
  now?: number | Date;
}

/** A problem with a place; `at` is a JSON pointer into what was sent. */
export type Diagnostic = Omit<Problem, 'at'> & { at?: string };

/** The base of every error of this package. A refusal is not an error but an answer with `outcome: 'refused'`. */
export class TresenError extends Error {
  readonly code: string;
  readonly help: string;
}
/** The service says that the question was wrong, or cannot be answered now. */
export class TresenApiError extends TresenError {
  readonly status: number;
  readonly at: string | null;
  readonly diagnostics: Diagnostic[];
  readonly retryable: boolean;
}
/** No usable answer: `connection.failed`, `connection.timeout`, `answer.malformed`. */
export class TresenConnectionError extends TresenError {
  readonly retryable: true;
}
/** A service and a package that do not belong together: `interface.service_older`, `interface.service_newer`, `interface.unknown`. */
export class TresenInterfaceError extends TresenError {}
/** A decision token that must not be trusted: `token.signature`, `token.expired`, `token.amount` … */
export class TresenTokenError extends TresenError {}
/** A webhook that must not be trusted: `webhook.signature`, `webhook.timestamp`, `webhook.malformed`. */
export class TresenWebhookError extends TresenError {}

/** Lower-case hex of SHA-256 over the canonical JSON of the cart; see docs/cart-hash.md. */
export function cartHash(lines: CartLine[], total: Money): Promise<string>;

/** The claims of a token that may be trusted; rejects with `TresenTokenError` for every other one. */
export function verifyDecision(token: string, expected: Expected & ({ jwks: { keys: Jwk[] } } | { keys: Jwk[] })): Promise<DecisionClaims>;

export interface Options {
  /** Starts with `sk_`. */
  secretKey: string;
  /** Address of the service, such as `http://127.0.0.1:8788`. */
  api: string;
  fetch?: typeof fetch;
  /** Per attempt; default 10000. */
  timeoutMs?: number;
  /** How often reads and confirms are repeated when no answer came or the service is busy; default 2. */
  repeats?: number;
  now?: () => number;
  sleep?: (milliseconds: number) => Promise<void>;
}

export interface Call {
  signal?: AbortSignal;
}

/** A call that is repeated on failure only under a key. */
export type Once = Call & { idempotencyKey?: string };

export interface Tresen {
  readonly sessions: {
    /** Repeated on failure only under a key. */
    create(body: SessionRequest, call?: Call & { idempotencyKey?: string }): Promise<Session>;
    /** What confirm would decide for these facts, with nothing kept. */
    preview(session: string, body: { facts: Facts }, call?: Call): Promise<Previewed>;
    /** The same key for every attempt at one order: repeated, it is one order; with other input it is refused. */
    confirm(session: string, body: ConfirmRequest, call: Call & { idempotencyKey: string }): Promise<Confirmed | Refused>;
  };
  readonly decisions: {
    get(id: string, call?: Call): Promise<any>;
    /** Why it was decided so. What is left out of the parameters is as the session has it. */
    explanation(id: string, parameters?: { locale?: string; address_form?: 'sie' | 'du' }, call?: Call): Promise<Explained>;
  };
  readonly customers: {
    account(reference: string, call?: Call): Promise<Account>;
    /** Something is not done for the time being, about one claim or about all that the customer owes. */
    hold(
      reference: string,
      body: { reason: PlacedHoldReason; receivable?: string | null; until?: string | null },
      call?: Once,
    ): Promise<{ hold: string; state: 'in_force' }>;
    release(reference: string, hold: string, call?: Once): Promise<{ hold: string; state: 'released' }>;
    /** Two of your customers turn out to be one person: what protects the person counts for both, and nothing is mixed. `into` leads. */
    merge(reference: string, body: { into: string }, call?: Once): Promise<MergedCustomer>;
    /** They are two persons after all. */
    unmerge(reference: string, call?: Once): Promise<MergedCustomer>;
    /** Which of your customers are the same person. */
    samePerson(reference: string, call?: Call): Promise<MergedCustomer>;
    /** The open claims of one customer: what comes next of each, and why nothing is done now. */
    case(reference: string, call?: Call): Promise<OpenClaims>;
    /** How the customer is reached and spoken to; what is left out is forgotten. */
    reachedBy(reference: string, body: ContactDetails, call?: Call): Promise<ContactDetails>;
  } & PersonRights;
  /** Guests by the shop's number of their visit. */
  readonly guests: PersonRights;
  readonly reviews: {
    list(parameters?: Record<string, string | undefined>, call?: Call): Promise<{ reviews: Review[] }>;
    get(id: string, call?: Call): Promise<Review>;
    /** What a human found; a review is answered once. Repeated on failure only under a key. */
    answer(id: string, body: ReviewAnswerRequest, call?: Call & { idempotencyKey?: string }): Promise<{ review: string; state: Review['state']; answered_at: string }>;
  };
  readonly payments: {
    get(id: string, call?: Call): Promise<CheckoutPayment | ReceivedPayment>;
    /** Its own number makes it one payment, however often it is told of; with another amount it rejects with `payment.differs`. */
    receive(body: ReceivePaymentRequest, call: Call & { idempotencyKey: string }): Promise<ReceivedPayment>;
    /** What somebody has to look at, the oldest first. */
    unmatched(call?: Call): Promise<{ payments: UnmatchedPayment[] }>;
    match(id: string, body: { customer?: string | null; designated?: string[] }, call?: Once): Promise<ReceivedPayment>;
    /** It was booked in error. */
    reverse(id: string, call?: Once): Promise<ReceivedPayment>;
    chargeback(
      id: string,
      body: { state: 'opened'; until: string; amount?: Money | null } | { state: 'won' | 'lost' },
      call?: Once,
    ): Promise<ReceivedPayment>;
  };
  readonly receivables: {
    get(id: string, call?: Call): Promise<ReceivableRecord>;
    /** Everything that happened to it, the decision and its reasons, and whether the chain is whole; in German or English. */
    file(id: string, parameters?: { locale?: string }, call?: Call): Promise<ClaimFile>;
    credit(id: string, body: { amount: Money; reason: 'return' | 'goodwill' | 'error' | 'dispute' }, call?: Once): Promise<ReceivableRecord>;
    /** Where a transfer of what is open goes; nothing where nothing is open, or where the policy names no account. */
    transfer(id: string, call?: Call): Promise<ReceivableTransfer>;
    /** A new pay link for the customer of a claim, in place of the one before. The token is told this once. */
    paylink(id: string, call?: Call): Promise<{ token: string; url: string; expires_at: string }>;
    /** The last of the goods arrived on this local day: a term that is counted from delivery ends accordingly, never earlier than was told before. */
    delivered(id: string, body: { on: string }, call?: Once): Promise<ReceivableRecord>;
    /** The customer turns out to be a business (a VAT number was found), or a consumer: interest and costs follow from today on, and what was charged stays. */
    party(id: string, body: { party: 'consumer' | 'business' }, call?: Once): Promise<ReceivableRecord>;
    /**
     * What a human found about what the customer objects to. What is right is credited, and the customer is told by mail, in `words` why; who rejects
     * says why. What is partly right has an `amount`, or the `items` of the order that it is right about. Without `dispute`, the first that is open.
     */
    endDispute(
      id: string,
      body: { outcome: 'upheld' | 'partly_upheld' | 'rejected'; amount?: Money | null; items?: ChosenItem[]; words?: string | null; dispute?: string | null },
      call?: Once,
    ): Promise<ReceivableRecord>;
    /** Everything agreed is credited, and what default brought falls away. */
    withdraw(id: string, call?: Once): Promise<ReceivableRecord>;
    /** Without an amount, all that is open. */
    writeOff(id: string, body?: { amount?: Money | null }, call?: Once): Promise<ReceivableRecord>;
    waive(id: string, body: { what: 'debt' | 'costs'; amount?: Money | null }, call?: Once): Promise<ReceivableRecord>;
  };
  readonly refunds: {
    /** Of the customer's own money. */
    grant(body: { payment: string; amount: Money }, call: Call & { idempotencyKey: string }): Promise<Refund>;
    outcome(id: string, body: { outcome: 'settled' | 'failed' }, call?: Once): Promise<Refund>;
  };
  /** SEPA direct debits that customers have signed in their account. */
  readonly debits: {
    /** Those that are announced or with the bank, the earliest first. */
    list(call?: Call): Promise<{ debits: Debit[] }>;
    /** What is to be with the bank today: each debit is in one batch. */
    handIn(call: Call & { idempotencyKey: string }): Promise<DebitBatch>;
    /** The file of a batch for the bank: pain.008.001.08. */
    file(batch: string, call?: Call): Promise<string>;
    /** The bank has credited a batch; without `on`, each counts on the day on which it was to be collected. */
    settled(batch: string, body?: { on?: string | null }, call?: Once): Promise<DebitBatch>;
    /** What became of one by itself. */
    outcome(id: string, body: { outcome: 'settled'; on?: string | null } | { outcome: 'returned'; reason: string }, call?: Once): Promise<Debit>;
  };
  readonly policies: {
    list(call?: Call): Promise<any>;
    create(policy: unknown, call?: Call): Promise<any>;
    /** A policy that is tried beside the active one: it decides every confirm too, and binds nothing. */
    readonly shadow: {
      /** How its decisions differ from those that count, as `tresen policy diff` tells it. */
      get(call?: Call): Promise<Shadow>;
      begin(policy: unknown, call?: Call): Promise<any>;
      end(call?: Call): Promise<{ policy_hash: string }>;
    };
  };
  readonly collection: {
    /** A page of the open claims. */
    list(parameters?: { after?: string; state?: 'open' | 'overdue' }, call?: Call): Promise<OpenClaims>;
  };
  readonly messages: {
    get(id: string, call?: Call): Promise<ContactMessage>;
    delivery(id: string, news: DeliveryNews, call?: Once): Promise<ContactMessage>;
  };
  readonly proofs: {
    /** A file that a customer sent beside a request, with the headers to hand it on: they have it kept, and never shown as a page of yours. */
    get(id: string, call?: Call): Promise<{ content: Uint8Array; headers: Record<string, string> }>;
  };
  readonly tasks: {
    /** What waits for a human, the oldest first. */
    list(call?: Call): Promise<{ tasks: Task[] }>;
    done(id: string, outcome: TaskOutcome, call?: Once): Promise<Task>;
  };
  readonly webhooks: Webhooks;
  readonly keys: { list(call?: Call): Promise<{ keys: Jwk[] }>; rotate(call?: Call): Promise<any> };
  health(call?: Call): Promise<Health>;
  /** Like `health`, and throws a `TresenInterfaceError` where service and package do not belong together. Call it where your server starts. */
  check(call?: Call): Promise<Health>;
  /** Like the exported function, with the keys that the service publishes. */
  verifyDecision(token: string, expected: Expected): Promise<DecisionClaims>;
}

export function createTresen(options: Options): Tresen;
