// What was written to people, as it lies in the mailbox of the service's sandbox.

const TIMEOUT_MS = 3000;

export function createMailbox({ service, secretKey }) {
  return {
    /** The newest first. */
    async messages() {
      const answer = await fetch(`${service}/v1/sandbox/messages`, { headers: { authorization: `Bearer ${secretKey}` }, signal: AbortSignal.timeout(TIMEOUT_MS) });
      return answer.ok ? (await answer.json()).messages : [];
    },
  };
}
