/** Raised for misuse of the package; a refusal is an answer, not an error. */
export class TresenError extends Error {
  /** @param {string} code @param {string} message @param {string} help */
  constructor(code, message, help) {
    super(`${message}; ${help}`);
    this.name = 'TresenError';
    this.code = code;
    this.help = help;
  }
}
