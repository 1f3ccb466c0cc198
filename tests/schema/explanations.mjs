// Real files of explanations: of `tresen explain` for every method of policies on orders of the corpus, and of a running service.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { furnish } from '../openapi/world.mjs';
import { ask, startService } from '../service/service.mjs';

/** What the command prints: of each policy every method, on each of its orders. */
export function* printed(tresen, cases) {
  const folder = mkdtempSync(join(tmpdir(), 'tresen-explained-'));
  try {
    for (const { path, methods, facts, today } of cases) {
      const file = join(folder, 'facts.json');
      writeFileSync(file, JSON.stringify({ facts, today }));
      for (const { id } of methods) {
        const { status, stdout, stderr } = spawnSync(tresen, ['explain', '--policy', path, '--facts', file, '--method', id], { maxBuffer: 1 << 28 });
        if (status !== 0) throw new Error(`tresen explain ${path} ${id}: ${stderr}`);
        yield { name: `${path}, ${id}, ${JSON.stringify(facts)}`, file: JSON.parse(stdout) };
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the service answers for decisions on record, some of which were refused. */
export async function served(tresen) {
  const service = await startService(tresen);
  try {
    const { decision, session } = await furnish(service);
    const eur = (minor) => ({ minor, currency: 'EUR' });
    const dear = { order: 'dear', method: 'invoice', amount: eur(900000), cart: { lines: [{ sku: 'A', name: 'A', quantity: 1, amount: eur(900000) }], total: eur(900000) } };
    const refused = await ask(service, 'POST', `/v1/sessions/${session[1]}/confirm`, dear, { 'idempotency-key': 'dear' });
    const files = [];
    for (const id of [...decision, refused.json.decision_id]) {
      const { status, text, json } = await ask(service, 'GET', `/v1/decisions/${id}/explanation`);
      if (status !== 200) throw new Error(`the explanation of ${id}: ${text}`);
      files.push({ name: `the explanation of ${id}`, file: json.file });
    }
    return files;
  } finally {
    await service.stop();
  }
}
