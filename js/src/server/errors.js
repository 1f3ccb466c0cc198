// What can go wrong when a shop's server talks to the service. `code` never changes its meaning, `help` says what to do.

/** The base of every error of this package. A refusal is not an error: it is an answer with `outcome: 'refused'`. */
export class TresenError extends Error {
  constructor(code, message, help, more = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = new.target.name;
    this.code = code;
    this.help = help;
  }
}

/** The service answered, and the answer is that the question was wrong or cannot be answered now. */
export class TresenApiError extends TresenError {
  constructor(status, error, more = {}) {
    super(error.code, error.message, error.help ?? '', more);
    this.status = status;
    this.at = error.at ?? null;
    this.diagnostics = error.diagnostics ?? [];
    /** Whether the same call may succeed later without a change. */
    this.retryable = status === 429 || status >= 500;
  }
}

/** No answer came: the service is down, too slow, or what came back is not its JSON. */
export class TresenConnectionError extends TresenError {
  constructor(code, message, help, more) {
    super(code, message, help, more);
    this.retryable = true;
  }
}

/** A service and a package that do not belong together. */
export class TresenInterfaceError extends TresenError {}

/** A decision token that must not be trusted. */
export class TresenTokenError extends TresenError {}

/** A webhook that must not be trusted. */
export class TresenWebhookError extends TresenError {}
